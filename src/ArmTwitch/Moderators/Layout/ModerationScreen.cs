using ArmTwitch.Data.Availability;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace ArmTwitch.Moderators.Layout;

/// <summary>
/// A moderation page in a circuit. An action that fails is logged and shown, and can be tried again. Blazor itself would end the circuit,
/// or replace the page with all that was typed in it.
/// </summary>
public abstract partial class ModerationScreen : ComponentBase, IHandleEvent
{
    private const string
        NotSaved = "Not saved, try again: the database does not answer now.",
        Broken = "Not saved, try again: something went wrong in the program. It is in the log.",
        OutOfDate = "This page may be out of date: the database does not answer now. It goes on by itself.",
        NotRead = "This page may be out of date: something went wrong in the program. It is in the log, and is tried again by itself.",
        UpToDate = "This page is up to date again.";

    private bool isOutOfDate;
    private int number;

    [Inject] private ILogger<ModerationScreen> Logger { get; set; } = null!;

    [CascadingParameter] private ScreenError? Error { get; set; }

    /// <summary>
    /// Answers a browser that asks, behind a press, whether it has arrived: what one page sends is taken in its order (reconnect.js).
    /// </summary>
    [JSInvokable]
    public static void AnswerPress()
    {
    }

    public override Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        number = Error?.Page ?? 0;
        return base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>
    /// Blazor calls this for every event of the page and of its components. The second click of a double click does nothing: it would do
    /// the act twice, or hit what the first has put in its place ("Resume" instead of "Pause"). The browser counts clicks; a key counts
    /// as 0.
    /// </summary>
    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg) =>
        arg is MouseEventArgs { Detail: > 1 } ? Task.CompletedTask : GuardAsync(() => callback.InvokeAsync(arg));

    /// <summary>For a button of which each click is a step of its own, such as "Next": those of a double click count, too.</summary>
    protected EventCallback<MouseEventArgs> EachClick(Func<Task> step) => new(new EachClickReceiver(this), step);

    /// <inheritdoc cref="EachClick(Func{Task})"/>
    protected EventCallback<MouseEventArgs> EachClick(Action step) => new(new EachClickReceiver(this), step);

    /// <summary>Runs an action of the moderator, and shows an error when it fails.</summary>
    protected async Task GuardAsync(Func<Task> act)
    {
        ShowError(null);
        try
        {
            var done = act();
            StateHasChanged();
            await done;
        }
#pragma warning disable CA1031 // The page has to go on whatever fails.
        catch (Exception failed) when (failed is not NavigationException)
#pragma warning restore CA1031
        {
            Log(failed);
            ShowError(DatabaseFailureClassifier.IsOutage(failed) ? NotSaved : Broken);
        }

        StateHasChanged();
    }

    /// <summary>Runs a step that the moderator has not asked for, such as showing what is new.</summary>
    /// <param name="isShown">Whether a failure is shown: the page then says that it may be out of date until a step succeeds.</param>
    /// <returns>Whether it succeeded.</returns>
    protected async Task<bool> TryAsync(Func<Task> step, bool isShown = true) => await FindFailureAsync(step, isShown) is null;

    /// <inheritdoc cref="TryAsync"/>
    /// <returns>What failed; null when nothing did.</returns>
    protected async Task<Exception?> FindFailureAsync(Func<Task> step, bool isShown = true)
    {
        try
        {
            await step();
            if (isOutOfDate && isShown)
                ShowError(UpToDate);
            isOutOfDate &= !isShown;
            StateHasChanged();
            return null;
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left or the program ends. Nothing can be rendered any more, and nobody would see it.
            return over;
        }
#pragma warning disable CA1031 // A loop that ends with one failure would leave a page that only looks alive.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Log(failed);
            if (isShown && !isOutOfDate)
                ShowError(DatabaseFailureClassifier.IsOutage(failed) ? OutOfDate : NotRead);
            isOutOfDate |= isShown;
            StateHasChanged();
            return failed;
        }
    }

    /// <summary>Runs a step periodically until the page is closed, whatever fails.</summary>
    protected async Task RepeatAsync(TimeSpan period, TimeProvider clock, Func<Task> step, CancellationToken closed, bool isShown = true)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(closed))
                await InvokeAsync(() => TryAsync(step, isShown));
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed.
        }
    }

    /// <summary>Shows an error above the page.</summary>
    /// <param name="message">Null when the next action begins.</param>
    protected virtual void ShowError(string? message)
    {
        // The message of a page that was left would stand above another one.
        if (Error?.Page == number)
            Error.Show(message);
    }

    /// <summary>Receives clicks past the rule that a second one does nothing.</summary>
    private sealed class EachClickReceiver(ModerationScreen screen) : IHandleEvent
    {
        public Task HandleEventAsync(EventCallbackWorkItem item, object? arg) => screen.GuardAsync(() => item.InvokeAsync(arg));
    }

    /// <summary>The message of a failed statement may contain what was typed, so only its number is logged.</summary>
    private void Log(Exception failed)
    {
        if (DatabaseFailureClassifier.IsOutage(failed))
            LogDatabase(Logger, GetType().Name, DatabaseFailureClassifier.CodeOf(failed));
        else
            LogFailed(Logger, failed, GetType().Name);
    }

    [LoggerMessage(
        LogLevel.Warning, "{Page} could not read or save: the database does not answer ({Failure}). The person at the screen was told")]
    private static partial void LogDatabase(ILogger logger, string page, string failure);

    [LoggerMessage(LogLevel.Error, "{Page}: an action failed. The person at the screen was told to try again")]
    private static partial void LogFailed(ILogger logger, Exception failed, string page);
}
