using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Editing.TextAnalysis;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on the urgency cards and their signs.</summary>
internal static class CardRules
{
    public const int CardSigns = 6;

    /// <summary>The level of a heading that parts the signs of a card; the card's own heading has level 2.</summary>
    private const int GroupLevel = 3;

    public static IEnumerable<LintFinding> EmergencyCard(LintDocument document)
    {
        if (!document.Blocks.Any(block => ArticleMarkdownRenderer.NameOf(block) is BlockName.Emergency))
            yield return LintFinding.Error(
                document.Text, "There is no emergency card.", "Write exactly one :::emergency block above the first heading.");
    }

    public static IEnumerable<LintFinding> LiteralSign(LintDocument document)
    {
        var leadingOn = Cards(document).Select(LineThatLeadsOn).OfType<ParagraphBlock>().Select(TextPosition.Of).ToHashSet();
        return document.WithoutSigns
            .Where(span => span.IsCard && span.Kind is not TextSpanKind.Heading && !leadingOn.Contains(span.At))
            .Select(card => LintFinding.Error(
                card.At, "The card has words of its own.", "Put the sign into signs.yml and name it here, as \"- @stroke\"."));
    }

    public static IEnumerable<LintFinding> SecondSign(ArticleLintDocument document) =>
        document.Article.Signs.GroupBy(sign => sign.Id, StringComparer.Ordinal).SelectMany(same => same.Skip(1))
            .Select(sign => LintFinding.Error(sign.At, $"The sign \"{sign.Id}\" stands on the card already.", "Take it out here."));

    /// <summary>A worse sign that is about some topics only is asked for where an article has one of them.</summary>
    public static IEnumerable<LintFinding> MissingWorseSign(ArticleLintDocument document)
    {
        var named = document.Article.Signs.Select(sign => sign.Id).ToHashSet(StringComparer.Ordinal);
        var topics = document.Article.Topics.Select(topic => topic.Slug.ToString()).ToHashSet(StringComparer.Ordinal);
        return
            from mention in document.Article.Signs
            let sign = document.Tables.Signs.GetValueOrDefault(mention.Id)
            where sign is not null
            from worse in sign.WorseSigns
            where !named.Contains(worse)
            let further = document.Tables.Signs.GetValueOrDefault(worse)
            where further is not null && (further.About.Count is 0 || further.About.Any(topics.Contains))
            select LintFinding.Error(
                mention.At, $"The sign \"{mention.Id}\" stands without \"{worse}\", which is the same gone further.",
                $"Add \"- @{worse}\" to the card \"{KebabCase.Of(further.Level)}\".");
    }

    /// <summary>The one link on a card leads on from it; the page adds the list of numbers to the emergency card.</summary>
    public static IEnumerable<LintFinding> LinkInCard(LintDocument document) =>
        from card in Cards(document)
        let leadingOn = LineThatLeadsOn(card)
        from link in card.Descendants<LinkInline>()
        where link.Parent?.ParentBlock != leadingOn
        select LintFinding.Error(
            TextPosition.Of(link), "There is a link in the card.",
            "Take it out, or write it as the card's last paragraph: one line with one link, behind the list.");

    public static IEnumerable<LintFinding> BehindCard(LintDocument document)
    {
        foreach (var (card, next) in document.Blocks.Zip(document.Blocks.Skip(1)))
        {
            if (IsCard(card) && next is not HeadingBlock && ArticleMarkdownRenderer.NameOf(next)?.HasFixedHeading() is not true)
                yield return LintFinding.Error(
                    TextPosition.Of(next), "Behind the card comes text without a heading.",
                    "Write a heading, another card, :::stop-reading or :::key-facts there.");
        }
    }

    public static IEnumerable<LintFinding> CardGroup(ArticleLintDocument document) =>
        from card in Cards(document)
        from heading in card.Descendants<HeadingBlock>()
        where !document.ListsAllSigns || heading.Level is not GroupLevel
        select LintFinding.Error(
            TextPosition.Of(heading), "There is a heading in the card.",
            $"Only {document.AllSignsAddress} parts its cards, with headings of level {GroupLevel}.");

    public static IEnumerable<LintFinding> CardSize(ArticleLintDocument document) =>
        document.ListsAllSigns
            ? []
            : from card in document.Article.Signs.GroupBy(sign => sign.Card)
              let signs = card.Count()
              where signs > CardSigns
              select LintFinding.Error(
                  card.ElementAt(CardSigns).At, $"The card has {signs} signs.",
                  $"Keep the {CardSigns} that belong to the article's subject, and lead on to {document.AllSignsAddress}.");

    private static IEnumerable<CustomContainer> Cards(LintDocument document) => document.Blocks.Where(IsCard).Cast<CustomContainer>();

    private static bool IsCard(Block block) => ArticleMarkdownRenderer.NameOf(block)?.CardUrgency() is not null;

    /// <summary>"Do you take lithium? See the full list": a paragraph with one link that ends the card.</summary>
    private static ParagraphBlock? LineThatLeadsOn(CustomContainer card) =>
        card is [.., ListBlock, ParagraphBlock line] && line.Inline?.Descendants<LinkInline>().Count() is 1 ? line : null;
}
