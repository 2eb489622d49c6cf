using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;

namespace ArmTwitch.Feedback.Screens;

/// <summary>The notes of readers that nobody has handled.</summary>
internal sealed class FeedbackWaitingWork(FeedbackNotes notes) : IWaitingWork
{
    public ModerationNavigationGroup Group => ModerationNavigationGroup.Articles;

    public ModeratorRole AtLeast => ModeratorRole.Editor;

    public async Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default) =>
        [
            new(
                "note from a reader", "notes from readers", await notes.CountWaitingAsync(cancellationToken), "/moderation/feedback",
                WaitingUrgency.Later),
        ];
}
