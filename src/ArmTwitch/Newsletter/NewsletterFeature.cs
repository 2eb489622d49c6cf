using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Newsletter;

public static class NewsletterFeature
{
    public static IServiceCollection AddNewsletter(this IServiceCollection services)
    {
        services.AddSettings<NewsletterOptions>("Newsletter");
        services.AddSettings<SignUpLimits>("Limits");
        services.AddSingleton<SubscriberSecrets>().AddSingleton<SignUps>().AddSingleton<IntakeAlarm>().AddSingleton<IntakeDesk>().AddSingleton<SubscriptionMails>().AddSingleton<Subscriptions>()
            .AddSingleton<PrivatePages>().AddSingleton<IRetention, NewsletterRetention>().AddSingleton<IPersonData, SubscriberPersonData>()
            .AddSingleton<IssueMails>().AddSingleton<IssueAudience>().AddSingleton<IssueDesk>().AddSingleton<IssueMover>().AddSingleton<Archive>()
            .AddSingleton<IRestoredPart, RestoredSubscriptions>().AddSingleton<SubscriberList>().AddSingleton<Bounces>().AddSingleton<BounceFolder>().AddSingleton<IMailOutcomes>(provider => provider.GetRequiredService<Bounces>());
        services.AddSingleton(new ModerationLink("Newsletter", "/moderation/newsletter", Order: 40, ModeratorRole.Editor));
        services.AddHostedService<NewsletterWorker>();
        services.AddHealthChecks().AddCheck<IntakeAlarm>("newsletter");
        return services.AddSingleton(new PagePart(PagePlace.StayUpdated, article => Box(article?.Address ?? "/")));
    }

    public static IEndpointRouteBuilder MapNewsletter(this IEndpointRouteBuilder routes)
    {
        SubscribingEndpoints.Map(routes);
        routes.Map("/newsletter", HomeAsync).AsPage();
        routes.Map("/newsletter/issues/{slug}", IssueAsync).AsPage();
        return routes;
    }

    /// <summary>What the editor's screens show in a frame; the screens are routed with the root of /moderation.</summary>
    public static IEndpointRouteBuilder MapNewsletterScreens(this IEndpointRouteBuilder routes)
    {
        IssuePreview.Map(routes);
        return routes;
    }

    private static async Task<IResult> HomeAsync(Archive archive, ReaderPages pages) =>
        pages.Html<NewsletterPage, NewsletterPageModel>("/newsletter", new NewsletterPageModel(await archive.ListAsync()), [IssueMover.Dependency, .. ContentDependencies.Frame]);

    private static async Task<IResult> IssueAsync(string slug, Archive archive, ReaderPages pages) =>
        Slug.TryRead(slug, out var address) && await archive.FindAsync(address) is { } issue
            ? pages.Html<IssuePage, IssuePageModel>(Issue.AddressOf(address), issue, [IssueMover.Dependency, .. ContentDependencies.AnyArticle])
            : Results.NotFound();

    private static RenderFragment Box(string page) => builder =>
    {
        builder.OpenComponent<SignUpBox>(0);
        builder.AddComponentParameter(1, nameof(SignUpBox.Page), page);
        builder.CloseComponent();
    };
}
