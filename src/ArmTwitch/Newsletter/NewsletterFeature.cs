using ArmTwitch.Articles;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Newsletter;

public static class NewsletterFeature
{
    public static IServiceCollection AddNewsletter(this IServiceCollection services)
    {
        services.AddSettings<NewsletterOptions>("Newsletter");
        services.AddSettings<SignUpLimits>("Limits");
        services.AddSingleton<SubscriberSecrets>().AddSingleton<SignUps>().AddSingleton<IntakeAlarm>().AddSingleton<IntakeDesk>().AddSingleton<SubscriptionMails>().AddSingleton<Subscriptions>()
            .AddSingleton<PrivatePages>().AddSingleton<NewsletterHousekeeping>();
        services.AddHostedService<NewsletterWorker>();
        services.AddHealthChecks().AddCheck<IntakeAlarm>("newsletter");
        return services.AddSingleton(new PagePart(PagePlace.StayUpdated, article => Box(article?.Address ?? "/")));
    }

    public static IEndpointRouteBuilder MapNewsletter(this IEndpointRouteBuilder routes)
    {
        SubscribingEndpoints.Map(routes);
        return routes;
    }

    private static RenderFragment Box(string page) => builder =>
    {
        builder.OpenComponent<SignUpBox>(0);
        builder.AddComponentParameter(1, nameof(SignUpBox.Page), page);
        builder.CloseComponent();
    };
}
