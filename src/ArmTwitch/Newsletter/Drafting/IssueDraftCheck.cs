using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>Says what has to be mended in a draft before it can be sent: the rules of an issue in a file, in the words of the screen.</summary>
internal static class IssueDraftCheck
{
    private const string TooDeep = "too-deep";

    /// <param name="day">
    /// The day on which it goes out, in UTC: articles that have appeared by then are no fault. Null while none is chosen.
    /// </param>
    public static IssueDraftFaults FindFaults(IssueDraft draft, ContentSnapshot content, DateOnly? day = null)
    {
        var faults = new List<IssueDraftFault>();
        if (string.IsNullOrWhiteSpace(draft.Subject))
            faults.Add(new("It has no subject yet."));
        if (string.IsNullOrWhiteSpace(draft.Introduction) && draft.Articles.Length is 0)
            faults.Add(new("It is empty: write an introduction, or pick an article."));
        faults.AddRange(draft.Entries.Select(one => HiddenArticle.Find(content, one.Slug, day ?? DateOnly.MaxValue)).OfType<HiddenArticle>().Select(
            article => new IssueDraftFault($"The article \"{article.Title}\" {article.Why}. {ToDo(article, "it out of the list")}")
            {
                Address = article.Address
            }));
        faults.AddRange(MarkupIn("The subject line", draft.Subject));
        faults.AddRange(MarkupIn("The preview text", draft.Preheader));
        faults.AddRange(draft.Entries.SelectMany(one => MarkupIn($"The note on \"{content.TitleOf(one.Slug)}\"", one.Note)));
        var inText = FaultsOf(draft.Introduction, content, day ?? DateOnly.MaxValue);
        faults.AddRange(inText.Select(one => one.Fault));
        return new(faults, inText.Exists(one => one.Rule is TooDeep));
    }

    /// <summary>These are no Markdown either: words and nothing else.</summary>
    private static IEnumerable<IssueDraftFault> MarkupIn(string field, string words) =>
        IssueText.MarkupIn(words).Select(one => new IssueDraftFault($"{field}: {one.What} {one.Right}"));

    private static List<(string Rule, IssueDraftFault Fault)> FaultsOf(string introduction, ContentSnapshot content, DateOnly day)
    {
        if (string.IsNullOrWhiteSpace(introduction))
            return [];
        // As it is sent: see IssueComposer.
        var diagnostics = new DiagnosticCollector("");
        var outline = IssueText.Read("\n" + introduction, diagnostics);
        return
        [
            .. diagnostics.Diagnostics.Select(one => (one.Rule, new IssueDraftFault($"{one.What} {one.Right}", Math.Max(1, one.Line - 1))))
                .Concat(outline.Links.Where(link => !Exists(link.Address, outline, content, day)).Select(
                    link => ("dead-link", DeadLink(link.Address, Math.Max(1, link.At.Line - 1), content, day))))
                .OrderBy(one => one.Item2.Line),
        ];
    }

    /// <summary>What to do about an article that readers do not see when the issue goes out.</summary>
    private static string ToDo(HiddenArticle article, string what) =>
        article.AppearsOn is not null ? $"Schedule the issue for that day (in UTC) or later, or take {what}."
        : article.Address is not null ? $"Mend it, or take {what}."
        : $"Take {what}.";

    private static IssueDraftFault DeadLink(string link, int line, ContentSnapshot content, DateOnly day) =>
        SlugIn(link) is { } slug && HiddenArticle.Find(content, slug, day) is { Address: { } address } hidden
            ? new($"the link \"{link}\" leads to \"{hidden.Title}\", which {hidden.Why}. {ToDo(hidden, "the link out")}", line) { Address = address }
            : new($"the link \"{link}\" leads nowhere on this site.", line);

    private static Slug? SlugIn(string address) =>
        LinkChecker.SlugIn(address) is { } name && Slug.TryParse(name, out var slug) ? slug : null;

    private static bool Exists(string address, MarkdownOutline outline, ContentSnapshot content, DateOnly day)
    {
        var (path, fragment) = address.Split('#', 2) is [var before, var after] ? (before, after) : (address, null);
        if (path.Length is 0)
            return outline.HasFragment(fragment!);
        if (LinkChecker.SlugIn(path) is not null)
            return SlugIn(path) is { } slug && HiddenArticle.Find(content, slug, day) is null
                && (content.FindByAnySlug(slug) ?? HiddenArticle.FindUpcoming(content, slug)) is { } article
                && (fragment is not { Length: > 0 } || HasFragment(article, fragment));
        return LinkChecker.IsFixed(path) || content.Topics.Any(topic => topic.Address == path)
            || content.Authors.Any(author => author.Address == path) || content.Pages.Any(page => $"/{page.Slug}" == path);
    }

    private static bool HasFragment(Article article, string fragment) =>
        new MarkdownOutline(article.Headings, article.Blocks, [], [], []).HasFragment(fragment);
}
