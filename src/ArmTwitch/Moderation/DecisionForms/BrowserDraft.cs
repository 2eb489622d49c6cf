using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.DecisionForms;

/// <summary>
/// Words that a moderator typed and did not send. The browser keeps them in the session storage of the tab, so that they outlive a lost
/// connection, the end of a session and a restart of the program, and reach nobody else (drafts.js).
/// </summary>
/// <param name="Panel">The form that they were typed in.</param>
/// <param name="Id">The id that was made with the form; null of a form that makes none.</param>
public sealed record BrowserDraft(Guid Comment, QueuePanel Panel, string Words, Guid? Id)
{
    /// <summary>The name under which the browser keeps it.</summary>
    public static string KeyOf(Guid moderator, Guid comment, QueuePanel panel) => $"{PrefixOf(moderator)}{comment}/{panel}";

    /// <summary>How the names of one moderator's drafts begin.</summary>
    public static string PrefixOf(Guid moderator) => $"draft/{moderator}/";
}
