namespace ArmTwitch.Newsletter;

/// <summary>The text below the sign-up field. Every change raises the version: the ledger names what was agreed to.</summary>
internal static class ConsentWording
{
    public const string Version = "2026-11-26";

    public const string Text = "At most one e-mail a month: new and newly reviewed articles, nothing else. You can leave with one click.";
}
