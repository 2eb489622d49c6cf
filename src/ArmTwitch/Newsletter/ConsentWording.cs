using System.Globalization;

namespace ArmTwitch.Newsletter;

/// <summary>The text below the sign-up field. Every change raises the version: the ledger names what was agreed to.</summary>
internal static class ConsentWording
{
    public const string Version = "2026-11-26";

    public const string Text = "At most one e-mail a month: new and newly reviewed articles, nothing else. You can leave with one click.";

    /// <summary>How a sentence names what was agreed to: a version of ours by its day, anything else word for word.</summary>
    public static string Named(string? wording) => wording is null ? "words that nobody wrote down"
        : DateOnly.TryParseExact(wording, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? $"the wording of {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"
        : $"“{wording}”";
}
