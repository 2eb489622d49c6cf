using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>Says what has to be mended in a draft before it can be sent: the rules of an issue in a file, in the words of the screen.</summary>
internal static class IssueDraftCheck
{
    private const string TooDeep = "too-deep";

    public static IssueDraftFaults FindFaults(IssueDraft draft, ContentSnapshot content)
    {
        var faults = new List<IssueDraftFault>();
        if (string.IsNullOrWhiteSpace(draft.Subject))
            faults.Add(new("It has no subject yet."));
        if (string.IsNullOrWhiteSpace(draft.Introduction) && draft.Articles.Length is 0)
            faults.Add(new("It is empty: write an introduction, or pick an article."));
        faults.AddRange(draft.Entries.Select(one => HiddenArticle.Find(content, one.Slug)).OfType<HiddenArticle>().Select(
            article => new IssueDraftFault(
                $"The article \"{article.Title}\" {article.Why}. {(article.Address is null ? "Take" : "Mend it, or take")} it out of the list.")
            {
                Address = article.Address
            }));
        var inText = FaultsOf(draft.Introduction, content);
        faults.AddRange(inText.Select(one => one.Fault));
        return new(faults, inText.Exists(one => one.Rule is TooDeep));
    }

    private static List<(string Rule, IssueDraftFault Fault)> FaultsOf(string introduction, ContentSnapshot content)
    {
        if (string.IsNullOrWhiteSpace(introduction))
            return [];
        // As it is sent: see IssueComposer.
        var diagnostics = new DiagnosticCollector("");
        var outline = new MarkdownOutlineReader(diagnostics).Read("\n" + introduction);
        outline.RefuseArticleParts(diagnostics, "in an issue, which has no references", "in an issue");
        return
        [
            .. diagnostics.Diagnostics.Select(one => (one.Rule, new IssueDraftFault(WordsOf(one), Math.Max(1, one.Line - 1)))),
            .. outline.Links.Where(link => !Exists(link.Address, outline, content)).Select(link => (
                "dead-link",
                new IssueDraftFault($"the link \"{link.Address}\" leads nowhere on this site.", Math.Max(1, link.At.Line - 1)))),
        ];
    }

    private static string WordsOf(ContentDiagnostic fault) => fault.Rule switch
    {
        "outside-link" => $"{fault.What} Mails link to this site only: say it in an article and link to that, such as [its title](/articles/…).",
        "image" => "Pictures are not sent. Put it in an article and link to that.",
        "second-title" => "The subject is the only heading of level 1. Begin this heading with ##.",
        _ => $"{fault.What} {fault.Right}",
    };

    private static bool Exists(string address, MarkdownOutline outline, ContentSnapshot content)
    {
        const string articles = "/articles/";
        var (path, fragment) = address.Split('#', 2) is [var before, var after] ? (before, after) : (address, null);
        if (path.Length is 0)
            return outline.HasFragment(fragment!);
        if (path.StartsWith(articles, StringComparison.Ordinal))
            return Slug.TryParse(path[articles.Length..], out var slug)
                && content.FindByAnySlug(slug) is { WithdrawnOn: null } article
                && (fragment is not { Length: > 0 } || HasFragment(article, fragment));
        return LinkChecker.IsFixed(path) || content.Topics.Any(topic => topic.Address == path)
            || content.Authors.Any(author => author.Address == path) || content.Pages.Any(page => $"/{page.Slug}" == path);
    }

    private static bool HasFragment(Article article, string fragment) =>
        new MarkdownOutline(article.Headings, article.Blocks, [], [], []).HasFragment(fragment);
}
