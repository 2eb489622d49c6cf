using ArmTwitch.Articles;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Feeds;

public static class FeedsFeature
{
    public static IServiceCollection AddFeeds(this IServiceCollection services) => services
        .AddSingleton<PublicationTimeRecorder>().AddHostedService(services => services.GetRequiredService<PublicationTimeRecorder>())
        .AddSingleton<FeedHtml>().AddSingleton<ArticleFeed>().AddSingleton<Sitemap>().AddSingleton<StructuredData>()
        .AddSingleton(
            services => new PagePart(PageSlot.ArticleHead, article => services.GetRequiredService<StructuredData>().Render(article!)))
        .AddSingleton(
            services => new PagePart(PageSlot.CorrectionsHead, _ => services.GetRequiredService<StructuredData>().RenderCorrections()));

    public static IEndpointRouteBuilder MapFeeds(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AsPage();
        pages.Map("/feed.xml", (ReaderPageResults results, ArticleFeed feed) => results.File(
            "/feed.xml", PageKind.Atom, ContentDependencies.AnyArticle, feed.Atom));
        pages.Map("/feed.json", (ReaderPageResults results, ArticleFeed feed) => results.File(
            "/feed.json", PageKind.JsonFeed, ContentDependencies.AnyArticle, feed.JsonFeed));
        pages.Map("/sitemap.xml", (ReaderPageResults results, Sitemap sitemap) => results.File(
            "/sitemap.xml", PageKind.Xml, ContentDependencies.AnyArticle, sitemap.Xml));
        pages.Map("/robots.txt", (ReaderPageResults results, Sitemap sitemap) => results.File(
            "/robots.txt", PageKind.Text, [], sitemap.Robots));
        return routes;
    }
}
