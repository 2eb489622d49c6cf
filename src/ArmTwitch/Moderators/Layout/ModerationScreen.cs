using ArmTwitch.Data.Availability;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Moderators.Layout;

/// <summary>
/// A moderation page that lives in a circuit. What fails in one of its acts is logged and said, and the act can be tried again; left to
/// the framework, it would end the circuit, or the page with all that was typed in it.
/// </summary>
public abstract partial class ModerationScreen : ComponentBase, IHandleEvent
{
    private const string
        NotSaved = "Not saved, try again: the database does not answer now.",
        Broken = "Not saved, try again: something went wrong in the program. It is in the log.",
        OutOfDate = "This page may be out of date: the database does not answer now. It goes on by itself.",
        UpToDate = "This page is up to date again.";

    private bool isOutOfDate;

    [Inject] private ILogger<ModerationScreen> Logger { get; set; } = null!;

    [CascadingParameter] private ScreenError? Error { get; set; }

    /// <summary>Every click, key and change that a component hands to this page comes through here.</summary>
    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg) => GuardAsync(() => callback.InvokeAsync(arg));

    /// <summary>Does what somebody asked for, and says so when it fails.</summary>
    protected async Task GuardAsync(Func<Task> act)
    {
        ShowError(null);
        try
        {
            var done = act();
            StateHasChanged();
            await done;
        }
#pragma warning disable CA1031 // Whatever fails, the page has to go on.
        catch (Exception failed) when (failed is not NavigationException)
#pragma warning restore CA1031
        {
            Log(failed);
            ShowError(DatabaseFailureClassifier.IsOutage(failed) ? NotSaved : Broken);
        }

        StateHasChanged();
    }

    /// <summary>Does what nobody asked for, such as showing what is new.</summary>
    /// <returns>Whether it succeeded. If not, it is logged and the page says that it may be out of date until it does.</returns>
    protected async Task<bool> TryAsync(Func<Task> step, bool isSaid = true)
    {
        try
        {
            await step();
            if (isOutOfDate && isSaid)
                ShowError(UpToDate);
            isOutOfDate &= !isSaid;
            return true;
        }
#pragma warning disable CA1031 // The same: a loop that ends for one failure would leave a page that looks alive.
        catch (Exception failed) when (failed is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log(failed);
            if (isSaid && !isOutOfDate)
                ShowError(OutOfDate);
            isOutOfDate |= isSaid;
            return false;
        }
        finally
        {
            StateHasChanged();
        }
    }

    /// <summary>Does something every so often while the page is open, whatever fails.</summary>
    protected async Task RepeatAsync(TimeSpan period, TimeProvider clock, Func<Task> step, CancellationToken over, bool isSaid = true)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                await InvokeAsync(() => TryAsync(step, isSaid));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    /// <summary>Shows what went wrong where the layout has a place for it.</summary>
    /// <param name="words">Null when the next act begins.</param>
    protected virtual void ShowError(string? words) => Error?.Show(words);

    /// <summary>The message of a failed statement may hold what was typed; its number does not.</summary>
    private void Log(Exception failed)
    {
        if (DatabaseFailureClassifier.IsOutage(failed))
            LogDatabase(Logger, GetType().Name, DatabaseFailureClassifier.CodeOf(failed));
        else
            LogFailed(Logger, failed, GetType().Name);
    }

    [LoggerMessage(LogLevel.Warning, "{Page} could not do its work ({Failure}); whoever sits there was told to try again")]
    private static partial void LogDatabase(ILogger logger, string page, string failure);

    [LoggerMessage(LogLevel.Error, "{Page} failed in an act; whoever sits there was told to try again")]
    private static partial void LogFailed(ILogger logger, Exception failed, string page);
}
