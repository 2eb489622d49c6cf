using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.DecisionForms;

/// <summary>
/// Words that a moderator typed and did not send. drafts.js keeps them in the session storage of the tab: they survive a lost
/// connection, the end of a session and a restart of the program, and they reach nobody else.
/// </summary>
/// <param name="Panel">The form in which they were typed.</param>
/// <param name="Id">The id that was made with the form; null for a form that makes none.</param>
/// <param name="Choice">What was chosen beside the words; null for a form in which nothing is.</param>
public sealed record BrowserDraft(Guid Comment, QueuePanel Panel, string Words, Guid? Id, string? Choice = null)
{
    /// <summary>The key of the draft in the session storage.</summary>
    public static string KeyOf(Guid moderator, Guid comment, QueuePanel panel) => $"{PrefixOf(moderator)}{comment}/{panel}";

    /// <summary>The prefix of the keys of one moderator's drafts.</summary>
    public static string PrefixOf(Guid moderator) => $"draft/{moderator}/";
}
