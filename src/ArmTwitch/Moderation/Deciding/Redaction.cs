using System.Text;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>A part of a comment that readers must not see. Words can be taken out; none can be added.</summary>
/// <param name="Start">In UTF-16 units, as browsers count.</param>
/// <param name="IsMarked">
/// Whether <c>[removed: phone number]</c> stands in its place. The note below the comment names the kind either way.
/// </param>
public sealed record Redaction(int Start, int Length, RemovedKind Kind, bool IsMarked = true)
{
    /// <summary>Keeps the text with all its marks within the length of its column.</summary>
    public const int MaxCount = 50;

    public int End => Start + Length;

    /// <summary>Suggests what to take out: private details, and doses that a rule found.</summary>
    internal static IReadOnlyList<Redaction> Suggest(string text, IReadOnlyList<CommentFlag> flags)
    {
        var parts = PersonalDataDetector.Find(text).Select(found => new Redaction(found.Start, found.Length, KindOf(found.Kind))).ToList();
        foreach (var dose in flags.Where(flag => flag.Rule is ConductRules.Dosage)
            .SelectMany(flag => flag.Words.Split(FlagRules.Between)).Distinct())
        {
            if (text.IndexOf(dose, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
                && !parts.Any(part => part.Start < at + dose.Length && at < part.End))
                parts.Add(new Redaction(at, dose.Length, RemovedKind.Dose));
        }

        return parts;
    }

    /// <returns>The text without those parts, and the kinds that were taken out; null when a part lies outside the text.</returns>
    internal static (string Text, string Removed)? Apply(string text, IReadOnlyList<Redaction> redactions, string? removedBefore)
    {
        if (redactions.Any(
            part => part.Start < 0 || part.Length < 1 || part.End > text.Length || part.End < part.Start || !Enum.IsDefined(part.Kind)))
            return null;

        var shown = new StringBuilder();
        var at = 0;
        foreach (var part in redactions.Select(part => part.WithWholeCharacters(text)).OrderBy(part => part.Start))
        {
            if (part.Start >= at)
            {
                shown.Append(text, at, part.Start - at);
                if (part.IsMarked)
                    shown.Append($"[removed: {part.Kind.Label()}]");
            }

            at = Math.Max(at, part.End);
        }

        shown.Append(text, at, text.Length - at);
        var kinds = redactions.Select(part => part.Kind.Label()).Union(removedBefore?.Split(", ") ?? []).Order(StringComparer.Ordinal);
        return (shown.ToString().Trim(), string.Join(", ", kinds));
    }

    private static RemovedKind KindOf(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.Email => RemovedKind.Email,
        PersonalDataKind.Phone => RemovedKind.PhoneNumber,
        PersonalDataKind.StreetAddress => RemovedKind.Address,
        _ => RemovedKind.OtherPersonalData,
    };

    /// <summary>A selection may begin or end inside a surrogate pair; half a pair is no text.</summary>
    private Redaction WithWholeCharacters(string text)
    {
        var start = Start > 0 && char.IsLowSurrogate(text[Start]) ? Start - 1 : Start;
        var end = End < text.Length && char.IsLowSurrogate(text[End]) ? End + 1 : End;
        return this with { Start = start, Length = end - start };
    }
}

/// <summary>What kind of words were taken out of a comment.</summary>
public enum RemovedKind
{
    PhoneNumber,
    Email,
    Address,
    Name,
    OtherPersonalData,
    Dose,

    /// <summary>What is none of these, or nobody has said what it is.</summary>
    Words,
}

public static class RemovedKindLabels
{
    public static string Label(this RemovedKind kind) => kind switch
    {
        RemovedKind.PhoneNumber => "phone number",
        RemovedKind.Email => "e-mail address",
        RemovedKind.Address => "address",
        RemovedKind.Name => "name",
        RemovedKind.OtherPersonalData => "other personal data",
        RemovedKind.Dose => "dose",
        RemovedKind.Words => "words",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
