using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments.Flags;

/// <summary>Flags phone numbers, e-mail and street addresses, and requests to get in touch elsewhere.</summary>
internal static class ContactDetailsRule
{
    public static readonly FlagRule Rule = new(
        "contact-data", 2, FlagLevel.Ordinary, "Contact data",
        "Everybody could read how to reach a person. The comment rules ask to leave it out.", Find);

    /// <summary>Merges matches that overlap, such as "text me on" and the number after it.</summary>
    private static IEnumerable<string> Find(CommentInput input)
    {
        var found = PersonalDataDetector.Find(input.Text)
            .Where(part => part.Kind is PersonalDataKind.Email or PersonalDataKind.Phone or PersonalDataKind.StreetAddress)
            .Select(part => (part.Start, End: part.Start + part.Length))
            .Concat(ConductPhrases.Contact.In(input.Plain).Select(match => (Start: match.Index, End: match.Index + match.Length)))
            .Order();
        var whole = new List<(int Start, int End)>();
        foreach (var part in found)
        {
            if (whole.Count > 0 && part.Start < whole[^1].End)
                whole[^1] = (whole[^1].Start, Math.Max(whole[^1].End, part.End));
            else
                whole.Add(part);
        }

        return whole.Select(part => input.Text[part.Start..part.End]);
    }
}
