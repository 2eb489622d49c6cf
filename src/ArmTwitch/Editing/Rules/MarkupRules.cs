using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on what is written in another language than our Markdown, and so appears as typed.</summary>
internal static class MarkupRules
{
    /// <summary>HTML in the text, the title, the summary and the purpose: readers would see the tags.</summary>
    public static IEnumerable<LintFinding> Html(LintDocument document) =>
        InFrontMatter(document).Concat(
            from span in document.WithoutSigns
            from tag in HtmlTags.Find(span.Text)
            where !span.IsCode(tag.Index)
            select Finding(span.Place(tag.Index), tag));

    private static IEnumerable<LintFinding> InFrontMatter(LintDocument document) =>
        from field in new[] { ("title", document.Title), ("summary", document.Summary), ("purpose", document.Purpose ?? "") }
        from tag in HtmlTags.Find(field.Item2)
        select Finding(document.At(field.Item1), tag);

    private static LintFinding Finding(TextPosition at, Match tag) =>
        LintFinding.Error(at, HtmlTags.What(tag), HtmlTags.Right(tag));
}
