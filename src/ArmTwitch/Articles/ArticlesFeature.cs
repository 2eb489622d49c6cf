using System.Globalization;
using System.Numerics;
using ArmTwitch.Articles.ArticlePages;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Corrections;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.IndexPages;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Layout;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Articles;

public static class ArticlesFeature
{
    private const string CorrectionsSlug = "corrections";

    public static IServiceCollection AddArticles(this IServiceCollection services)
    {
        services.AddSettings<ContentOptions>("Content");
        services.AddSingleton<IValidateOptions<ContentOptions>, ContentFolderValidator>();
        services.AddSingleton<ArticleLibrary>().AddSingleton<ArticlePageModelFactory>().AddSingleton<SiteNavigation>()
            .AddSingleton<IReaderChoice, CountryInAddress>()
            .AddSingleton<ISiteNavigation>(services => services.GetRequiredService<SiteNavigation>());
        services.AddHostedService<PageInvalidator>().AddHostedService<ContentWatcher>();
        return services;
    }

    public static IEndpointRouteBuilder MapArticles(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AsPage();
        pages.Map("/", ShowHome);
        pages.Map("/articles", ShowList);
        pages.Map("/articles/{slug}", ShowArticle);
        pages.Map("/articles/{slug}/picture.png", ShowPicture);
        pages.Map("/picture.png", ShowSitePicture);
        pages.Map("/topics", ShowTopics);
        pages.Map("/topics/{slug}", ShowTopic);
        pages.Map("/authors/{slug}", ShowAuthor);
        pages.Map("/{slug}", ShowInformationPage);
        return routes;
    }

    /// <summary>
    /// What an address below an article's own answers when there is no article to read: 410 when it was withdrawn, else 404.
    /// </summary>
    internal static StatusCodeHttpResult NotFoundOrGone(string slug, ContentSnapshot content) =>
        TypedResults.StatusCode(Slug.TryRead(slug, out var address) && content.FindByAnySlug(address) is { WithdrawnOn: not null }
            ? StatusCodes.Status410Gone
            : StatusCodes.Status404NotFound);

    private static PageResult ShowHome(string? country, ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages)
    {
        var content = library.Current;
        var start = navigation.Start(content);
        var view = HomePageModel.Of(content, start, navigation.Help(content), country);
        return pages.Html<HomePage, HomePageModel>(
            "/", view, [.. ContentDependencies.ArticleList, .. start is null ? [] : new[] { ContentDependencies.OnArticle(start.Slug) }]);
    }

    private static Results<PageResult, RedirectHttpResult, NotFound, BadRequest> ShowList(
        HttpRequest request, ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages)
    {
        var page = 1;
        if (request.Query.TryGetValue("page", out var asked))
        {
            if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out page))
                return BigInteger.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                    ? TypedResults.NotFound()
                    : TypedResults.BadRequest();
            if (page is 1 || asked != page.ToString(CultureInfo.InvariantCulture))
                return TypedResults.Redirect(ArticleListPageModel.AddressOf(Math.Max(page, 1)), permanent: true);
        }

        if (ArticleListPageModel.Of(library.Current, navigation.Start(library.Current), page) is not { } view)
            return TypedResults.NotFound();
        return pages.Html<ArticleListPage, ArticleListPageModel>(view.Address, view, ContentDependencies.ArticleList);
    }

    private static Results<PageResult, RedirectHttpResult, NotFound> ShowArticle(
        [AsParameters] ArticleRequest asked, ArticleLibrary library, ArticlePageModelFactory models, IEnumerable<PagePart> parts,
        ReaderPageResults pages)
    {
        var content = library.Current;
        if (!Slug.TryRead(asked.Slug, out var address))
            return TypedResults.NotFound();
        if (asked.View is not (null or Article.ShortView))
        {
            var view = asked.View.Trim();
            return view.Length is 0 ? TypedResults.Redirect(Article.AddressOf(address), permanent: true)
                : view.Equals(Article.ShortView, StringComparison.OrdinalIgnoreCase)
                    ? TypedResults.Redirect($"{Article.AddressOf(address)}?view={Article.ShortView}", permanent: true)
                    : TypedResults.NotFound();
        }

        if (content.Find(address) is not { } article)
            return content.FindAlias(address) is { } moved
                ? TypedResults.Redirect(
                    Article.AddressOf(moved) + (asked.View is null ? "" : $"?view={Article.ShortView}"), permanent: true)
                : TypedResults.NotFound();

        var shown = models.Create(article, asked.Country);
        if (article.WithdrawnOn is not null)
            return pages.Uncached<WithdrawnArticlePage, ArticlePageModel>(article.Address, shown, StatusCodes.Status410Gone);

        var freshUntil = shown.IsOverdue
            ? (DateTimeOffset?)null
            : new DateTimeOffset(article.NextReviewOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return asked.View is Article.ShortView
            ? Show<ShortArticlePage>(article.ShortAddress, ContentDependencies.ArticleFrame(article.Slug))
            : Show<ArticlePage>(article.Address, ContentDependencies.WholeArticle(article, parts));

        PageResult Show<TPage>(string at, IReadOnlyCollection<string> dependsOn) where TPage : ReaderPage<ArticlePageModel> =>
            pages.Html<TPage, ArticlePageModel>(at, shown, dependsOn, freshUntil);
    }

    private static Results<PageResult, StatusCodeHttpResult> ShowPicture(
        string slug, ArticleLibrary library, Site site, ReaderPageResults pages)
    {
        var content = library.Current;
        return content.FindReadable(slug) is { } article
            ? pages.File(
                $"{article.Address}/picture.png", PageKind.Png, ContentDependencies.ArticleFrame(article.Slug),
                () => OpenGraphImage.Draw(article.Title, site.Name))
            : NotFoundOrGone(slug, content);
    }

    private static PageResult ShowSitePicture(Site site, ReaderPageResults pages) =>
        pages.File("/picture.png", PageKind.Png, [], () => OpenGraphImage.Draw(HomePageModel.Question, site.Name));

    private static PageResult ShowTopics(ArticleLibrary library, ReaderPageResults pages)
    {
        var content = library.Current;
        IReadOnlyList<TopicPageModel> views = [.. content.Topics.Select(topic => new TopicPageModel(topic, [.. content.WithTopic(topic)]))];
        return pages.Html<TopicsPage, IReadOnlyList<TopicPageModel>>("/topics", views, ContentDependencies.ArticleList);
    }

    private static Results<PageResult, NotFound> ShowTopic(string slug, ArticleLibrary library, ReaderPageResults pages)
    {
        var content = library.Current;
        return Slug.TryRead(slug, out var address) && content.Topics.FirstOrDefault(topic => topic.Slug == address) is { } topic
            ? pages.Html<TopicPage, TopicPageModel>(
                topic.Address, new TopicPageModel(topic, [.. content.WithTopic(topic)]), ContentDependencies.ArticleList)
            : TypedResults.NotFound();
    }

    private static Results<PageResult, NotFound> ShowAuthor(string slug, ArticleLibrary library, ReaderPageResults pages)
    {
        var content = library.Current;
        return Slug.TryRead(slug, out var address) && content.Authors.FirstOrDefault(author => author.Slug == address) is { } author
            ? pages.Html<ArticleAuthorPage, ArticleAuthorPageModel>(
                author.Address, new ArticleAuthorPageModel(author, [.. content.By(author)]), ContentDependencies.ArticleList)
            : TypedResults.NotFound();
    }

    private static Results<PageResult, NotFound> ShowInformationPage(string slug, ArticleLibrary library, ReaderPageResults pages)
    {
        var content = library.Current;
        if (!Slug.TryRead(slug, out var address) || content.FindPage(address) is not { } page)
            return TypedResults.NotFound();
        return page.Slug.ToString() is CorrectionsSlug
            ? pages.Html<CorrectionsPage, CorrectionsPageModel>(
                page.Address, CorrectionsPageModel.Of(page, content),
                [.. ContentDependencies.PageFrame(page.Slug), ContentDependencies.Any])
            : pages.Html<InformationPageView, InformationPage>(page.Address, page, ContentDependencies.PageFrame(page.Slug));
    }

    /// <summary>What the address of an article's page says.</summary>
    /// <param name="View"><see cref="Article.ShortView"/>, or null for the whole article.</param>
    /// <param name="Country">The code of the country whose emergency numbers to show; null for those of home.</param>
    internal readonly record struct ArticleRequest(string Slug, string? View, string? Country);
}
