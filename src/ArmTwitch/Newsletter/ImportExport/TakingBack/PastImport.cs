namespace ArmTwitch.Newsletter.ImportExport.TakingBack;

/// <summary>An import that can be taken back.</summary>
/// <param name="At">When it began. Every consent that came with it has this time in the ledger.</param>
/// <param name="By">The display name of whoever began it.</param>
/// <param name="Readers">How many get the newsletter by it alone and have done nothing here since.</param>
/// <param name="Others">
/// How many it made readers who stay as they are: they have left, bounced or complained since, or have done something here themselves.
/// </param>
public sealed record PastImport(DateTimeOffset At, string By, int Readers, int Others)
{
    /// <summary>What becomes of whom when it is taken back.</summary>
    public string Words =>
        "They get no mail from here any more, and no list brings them back: only their own sign-up does."
        + (Others is 0 ? ""
            : $" {Plural.Of(Others, "person", "people")} whom it brought {(Others is 1 ? "stays as they are" : "stay as they are")}: they have left, "
                + "bounced or complained since, or have done something here themselves.");
}
