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

    /// <summary>Marks of other kinds of Markdown in the text, and of any kind in the title, the summary and the purpose.</summary>
    public static IEnumerable<LintFinding> Unread(LintDocument document) =>
        (from field in FrontMatterOf(document)
         from mark in UnreadMarkup.FindInPlainText(field.Words)
         select LintFinding.Error(document.At(field.Name), mark.What, mark.Right)).Concat(
            from span in document.WithoutSigns
            from mark in UnreadMarkup.Find(span.Text)
            where !span.IsCode(mark.Index)
            select LintFinding.Error(span.Place(mark.Index), mark.What, mark.Right));

    private static IEnumerable<LintFinding> InFrontMatter(LintDocument document) =>
        from field in FrontMatterOf(document)
        from tag in HtmlTags.Find(field.Words)
        select Finding(document.At(field.Name), tag);

    private static (string Name, string Words)[] FrontMatterOf(LintDocument document) =>
        [("title", document.Title), ("summary", document.Summary), ("purpose", document.Purpose ?? "")];

    private static LintFinding Finding(TextPosition at, Match tag) =>
        LintFinding.Error(at, HtmlTags.What(tag), HtmlTags.Right(tag));
}
