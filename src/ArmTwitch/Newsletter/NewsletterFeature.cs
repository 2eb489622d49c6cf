using ArmTwitch.Articles;

namespace ArmTwitch.Newsletter;

public static class NewsletterFeature
{
    public static IServiceCollection AddNewsletter(this IServiceCollection services) =>
        services.AddSingleton(new PagePart(PagePlace.StayUpdated, _ => builder =>
        {
            builder.OpenComponent<SignUpBox>(0);
            builder.CloseComponent();
        }));
}
