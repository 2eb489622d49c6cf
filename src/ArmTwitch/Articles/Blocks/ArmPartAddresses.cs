namespace ArmTwitch.Articles.Blocks;

/// <summary>The articles that the parts of the arm's picture lead to.</summary>
internal static class ArmPartAddresses
{
    public const string Shoulder = "/articles/twitching-in-the-shoulder";
    public const string Biceps = "/articles/twitching-in-the-biceps";
    public const string Triceps = "/articles/twitching-in-the-triceps";
    public const string Forearm = "/articles/twitching-in-the-forearm";
    public const string HandAndThumb = "/articles/twitching-in-the-hand-and-thumb";

    public static readonly IReadOnlyList<string> All = [Shoulder, Biceps, Triceps, Forearm, HandAndThumb];
}
