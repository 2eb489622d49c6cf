using ArmTwitch;
using ArmTwitch.Articles;
using ArmTwitch.Commands;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Editing;
using ArmTwitch.Feedback;
using ArmTwitch.Feeds;
using ArmTwitch.Guides;
using ArmTwitch.Hosting;
using ArmTwitch.Hosting.Telemetry;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using ArmTwitch.Moderation;
using ArmTwitch.Moderators;
using ArmTwitch.Newsletter;
using ArmTwitch.Pages;
using ArmTwitch.Search;

if (CommandLine.FaultOf(args) is { } fault)
{
    Console.Error.WriteLine(fault);
    return ExitCode.WrongUsage;
}

// The content root is the program's folder, whatever folder it is started from.
// Settings are read and checked once: a file watcher on them would fire for every write to the data folder below.
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false", .. args], ContentRootPath = AppContext.BaseDirectory });
builder.UseArmTwitchHost();
builder.Services
    .AddPages()
    .AddData(builder.Configuration)
    .AddLimits()
    .AddMail()
    .AddArticles()
    .AddEditing()
    .AddSearch()
    .AddFeeds()
    .AddComments()
    .AddFeedback()
    .AddNewsletter()
    .AddModerators()
    .AddModeration()
    .AddMailScreen(builder.Environment)
    .AddHosting(builder.Configuration);

if (CommandLine.IsCommand(args))
    return CommandLine.Run(args, builder);

return Startup.Run(builder, app =>
{
    app.UseFinishedPages();
    app.UseForwardedHeaders();
    app.UseErrorPages(DatabaseFailureClassifier.CodeOfOutage);
    app.UseOneSlash();
    app.UseTelemetry();
    app.UseModerators(screens =>
    {
        screens.MapModerators();
        screens.MapModeration();
        screens.MapEditingScreens();
        screens.MapNewsletterScreens();
    });
    app.UseRouting();

    app.MapPages();
    app.MapArticles();
    app.MapEditing();
    app.MapSearch();
    app.MapGuides();
    app.MapFeeds();
    app.MapComments();
    app.MapNewsletter();
    app.MapFeedback();
    app.MapHealth();
});
