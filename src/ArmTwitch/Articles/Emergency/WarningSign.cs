using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using Markdig.Syntax;

namespace ArmTwitch.Articles.Emergency;

/// <summary>
/// One warning sign, with the words in which every card shows it. Articles name it by its id, so that no two articles word the same sign
/// differently.
/// </summary>
/// <param name="Id">As in <c>- @stroke</c>.</param>
/// <param name="Level">The one card it may stand on.</param>
/// <param name="Says">What finishes the card's heading, with its citations.</param>
/// <param name="At">Where it stands in <c>signs.yml</c>.</param>
internal sealed record WarningSign(string Id, Urgency Level, CitedText Says, TextPosition At)
{
    /// <summary>Signs of the same condition when it is worse. A card that names this sign has to name them too.</summary>
    public IReadOnlyList<string> WorseSigns { get; init; } = [];

    /// <summary>Whether its card also gives the lines for somebody who thinks of ending their life.</summary>
    public bool OffersListening { get; init; }

    /// <summary>The topics whose articles have to name it where it is the worse sign of another; empty for all topics.</summary>
    public IReadOnlyList<string> About { get; init; } = [];
}

/// <summary>An item of a list that names a sign.</summary>
/// <param name="Card">The card it stands on; null when it stands elsewhere.</param>
/// <param name="Span">Where <c>@stroke</c> stands in the file.</param>
/// <param name="CitationsBefore">How many citations stand before it in the text.</param>
internal readonly record struct WarningSignMention(string Id, BlockName? Card, TextPosition At, SourceSpan Span, int CitationsBefore);
