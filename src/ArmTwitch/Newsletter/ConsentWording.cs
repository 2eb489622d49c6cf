namespace ArmTwitch.Newsletter;

/// <summary>The words below the sign-up field. A change of theirs is a new version, so that the ledger says what was agreed to.</summary>
internal static class ConsentWording
{
    public const string Version = "2026-11-26";

    public const string Text = "At most one e-mail a month: new and newly reviewed articles, nothing else. You can leave with one click.";
}
