using ArmTwitch.Articles;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Data;
using ArmTwitch.Data.Changes;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Drafting.Parts;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.Interruptions;
using ArmTwitch.Newsletter.ImportExport.TakingBack;
using ArmTwitch.Newsletter.ImportScreens;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Recipients;
using ArmTwitch.Newsletter.Retention;
using ArmTwitch.Newsletter.Screens;
using ArmTwitch.Newsletter.Stopping;
using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Newsletter.SubscriberScreens;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter;

public static class NewsletterFeature
{
    public static IServiceCollection AddNewsletter(this IServiceCollection services)
    {
        services.AddSettings<NewsletterOptions>("Newsletter");
        services.AddSettings<SignUpLimitOptions>("Limits");
        services.AddSingleton<SubscriberSecrets>().AddSingleton<SignUpEndpoints>().AddSingleton<SignUpService>().AddSingleton<SignUpBacklogHealthCheck>()
            .AddSingleton<SignUpProcessor>().AddSingleton<SubscriptionMailer>().AddSingleton<ConfirmationService>()
            .AddSingleton<SubscriptionService>().AddSingleton<CheckInboxLink>()
            .AddSingleton<IRetentionRules, NewsletterRetentionRules>().AddSingleton<IPersonDataEraser, SubscriberPersonDataEraser>()
            .AddSingleton<IssueMailFactory>().AddSingleton<IssueAudience>().AddSingleton<IssueComposer>()
            .AddSingleton<IssueDigestMaker>().AddSingleton<IssueDraftService>().AddSingleton<IssueEditorPresence>()
            .AddSingleton<IssueService>().AddSingleton<IssueScheduler>().AddSingleton<IWaitingWork, IssuesWaitingWork>()
            .AddSingleton<IArticleUseFinder, IssueArticleUseFinder>()
            .AddSingleton<IDatabaseChangeHandler, IssueChangeHandler>()
            .AddSingleton<IssueArchive>().AddSingleton<IssueAftermath>().AddSingleton<IssueRecipientService>()
            .AddSingleton<IssueCopyCounts>().AddSingleton<IMailResolutionHandler, IssueCopiesAuditor>()
            .AddSingleton<IRestoreReconciler, SubscriptionRestoreReconciler>().AddSingleton<SubscriberImportExport>()
            .AddSingleton<BounceHandler>().AddSingleton<BounceReportProcessor>().AddSingleton<BounceFolderReader>()
            .AddSingleton<IMailOutcomeHandler>(provider => provider.GetRequiredService<BounceHandler>());
        services.AddSingleton(
            new ModerationNavigationLink("Issues", "/moderation/newsletter", ModerationNavigationGroup.Newsletter, Order: 10, ModeratorRole.Editor));
        services.AddSingleton<IAuditSource, IssueAuditSource>().AddSingleton<SubscriberTransferService>()
            .AddSingleton<SubscriberImportRuns>().AddSingleton<ImportTakeBackService>().AddSingleton<UnfinishedImportFinder>()
            .AddSingleton<SubscriberDirectory>().AddScoped<SubscriberListState>().AddSingleton(new ModerationNavigationLink(
            "Subscribers", "/moderation/subscribers", ModerationNavigationGroup.Newsletter, Order: 20, ModeratorRole.Editor));
        services.AddScoped<EditorConnection>()
            .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<EditorConnection>());
        services.AddSingleton<StoppedIssueMailer>().AddHostedService<NewsletterWorker>();
        services.AddHealthChecks().AddCheck<SignUpBacklogHealthCheck>("newsletter").AddCheck<StoppedIssuesHealthCheck>("issues");
        return services.AddSingleton(new PagePart(PageSlot.StayUpdated, article => SignUpBox(article?.Address ?? "/"))
        {
            Link = new PageLink("#stay-updated", "Newsletter"),
        });
    }

    public static IEndpointRouteBuilder MapNewsletter(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/newsletter").AsPage();
        var forms = routes.MapGroup("/newsletter").AsForm();
        pages.Map("", HomeAsync);
        pages.Map("/issues/{slug}", IssueAsync);
        SignUpEndpoints.Map(pages, forms);
        ConfirmationEndpoints.Map(pages, forms);
        UnsubscribeEndpoints.Map(pages, forms);
        ManageEndpoints.Map(pages, forms);
        return routes;
    }

    /// <summary>
    /// The preview that the editors' screens show in a frame, and the download of subscribers; the screens themselves are routed with
    /// /moderation.
    /// </summary>
    public static IEndpointRouteBuilder MapNewsletterScreens(this IEndpointRouteBuilder routes)
    {
        IssuePreview.Map(routes);
        SubscriberExportEndpoint.Map(routes);
        return routes;
    }

    /// <summary>Without the issues the page is not kept: the next reader may get it whole.</summary>
    private static async Task<PageResult> HomeAsync(IssueArchive archive, ReaderPageResults pages)
    {
        const string Address = "/newsletter";
        var model = new NewsletterPageModel(await archive.TryListAsync(), new SignUpDraft());
        return model.Sent is null
            ? pages.Uncached<NewsletterPage, NewsletterPageModel>(Address, model)
            : pages.Html<NewsletterPage, NewsletterPageModel>(
                Address, model, [IssueScheduler.Dependency, .. ContentDependencies.Frame]);
    }

    private static async Task<Results<PageResult, NotFound>> IssueAsync(string slug, IssueArchive archive, ReaderPageResults pages) =>
        Slug.TryRead(slug, out var address) && await archive.FindAsync(address) is { } issue
            ? pages.Html<IssuePage, IssuePageModel>(
                Issue.AddressOf(address), issue, [IssueScheduler.Dependency, .. ContentDependencies.AnyArticle])
            : TypedResults.NotFound();

    private static RenderFragment SignUpBox(string page) => builder =>
    {
        builder.OpenComponent<SignUpForm>(0);
        builder.AddComponentParameter(1, nameof(SignUpForm.Draft), new SignUpDraft { Page = page });
        builder.CloseComponent();
    };
}
