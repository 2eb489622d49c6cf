using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.Teamwork;
using ArmTwitch.Moderators;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>The queue that Ada, an editor, has open, without its page. Ben is a colleague.</summary>
public abstract class QueueStateTestBase : IAsyncLifetime
{
    protected const string NotTaken = "Your last press was not taken: the screen had only just changed.";

    protected ModerationTestSite Site { get; } = new();

    protected Decider Ada { get; private set; } = null!;

    protected Decider Ben { get; private set; } = null!;

    protected ModerationQueueState State { get; private set; } = null!;

    protected QueueActions Actions { get; private set; } = null!;

    protected QueueTicks Ticks { get; private set; } = null!;

    protected QueueTeamwork Teamwork { get; private set; } = null!;

    protected QueueNavigation Navigation { get; private set; } = null!;

    protected QueueKeyboard Keyboard { get; private set; } = null!;

    protected CommentVersion Seen => State.Open!.Version;

    protected ScreenState OnScreen => new(State.Open?.Comment.Id, State.Open?.Comment.Revision ?? 0, State.OfferedUndo);

    protected static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (Ada, Ben) = (await Site.AddModeratorAsync("Ada", ModeratorRole.Editor), await Site.AddModeratorAsync("Ben"));
        State = new(Site.Queue, Site.Undo, new CurrentModerator(Ada.Id!.Value, "Ada", "ada@armtwitch.test", Ada.Role));
        Actions = new(State, Site.Decisions, Site.Undo, Site.Replies, Site.Clock);
        Ticks = new(State);
        Teamwork = new(State, Site.Get<CommentNoteService>(), Site.Get<EscalationService>());
        Navigation = new(State, Ticks);
        Keyboard = new(State, Actions, Navigation, Ticks);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Site.DisposeAsync();
    }

    protected Task PressAsync(string key, ScreenState? seen = null) => Keyboard.HandleKeyAsync(key, seen ?? OnScreen, null);

    protected async Task WriteAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Site.WriteAsync(text);
            Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>Opens a comment with a form below it.</summary>
    protected async Task OpenFormAsync(QueuePanel panel)
    {
        await Site.WriteAsync("I am Ada Smith from Bath.", level: panel is QueuePanel.Risk ? FlagLevel.Crisis : FlagLevel.Ordinary);
        await State.InitializeAsync(null);
        var key = panel switch { QueuePanel.Redaction => "r", QueuePanel.Refusal => "x", _ => "a" };
        await Keyboard.HandleKeyAsync(key, OnScreen, [5, 9]);
        Assert.Equal(panel, State.Panel);
    }

    /// <summary>Does the second while the first waits for the database.</summary>
    protected async Task DuringAsync(Func<Task> act, Func<Task> other)
    {
        Task first, second;
        using (await Site.Get<SqliteWriteLock>().AcquireAsync(Cancel))
        {
            first = act();
            second = other();
        }

        await Task.WhenAll(first, second);
    }
}
