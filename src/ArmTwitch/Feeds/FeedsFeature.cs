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
        routes.Map("/feed.xml", (ReaderPageResults pages, ArticleFeed feed) => pages.File(
            "/feed.xml", PageKind.Atom, ContentDependencies.AnyArticle, feed.Atom)).AsPage();
        routes.Map("/feed.json", (ReaderPageResults pages, ArticleFeed feed) => pages.File(
            "/feed.json", PageKind.JsonFeed, ContentDependencies.AnyArticle, feed.JsonFeed)).AsPage();
        routes.Map("/sitemap.xml", (ReaderPageResults pages, Sitemap sitemap) => pages.File(
            "/sitemap.xml", PageKind.Xml, ContentDependencies.AnyArticle, sitemap.Xml)).AsPage();
        routes.Map("/robots.txt", (ReaderPageResults pages, Sitemap sitemap) => pages.File(
            "/robots.txt", PageKind.Text, [], sitemap.Robots)).AsPage();
        return routes;
    }
}
