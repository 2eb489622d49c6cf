using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing.Reports;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.LocalTimes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ArmTwitch.Editing.Screens;

/// <summary>A screen that shows the report on the content, and follows each change of a file.</summary>
public abstract class ContentScreen : ModerationScreen, IDisposable
{
    private bool isClosed;

    [Inject] protected ArticleLibrary Library { get; set; } = null!;

    [Inject] private ContentReports Reports { get; set; } = null!;

    [Inject] private IJSRuntime Browser { get; set; } = null!;

    /// <summary>That of whoever looks, once the browser has told.</summary>
    protected LocalClock Zone { get; private set; } = LocalClock.Utc;

    /// <summary>Null until it has been made.</summary>
    protected ContentReport? Report { get; private set; }

    /// <summary>What a screen reader hears of changes.</summary>
    protected string Said { get; set; } = "Checking the articles…";

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        isClosed = true;
        Library.Changed -= Follow;
    }

    protected override async Task OnInitializedAsync()
    {
        Library.Changed += Follow;
        if (await TryAsync(ReadAsync))
            Said = "";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        Zone = await LocalClock.OfAsync(Browser);
        StateHasChanged();
    }

    /// <summary>What has changed, for a screen reader.</summary>
    protected abstract string Describe(ContentReport before, ContentReport now);

    private void Follow(ContentChange change) => _ = InvokeAsync(async () =>
    {
        if (isClosed)
            return;
        var before = Report;
        if (await TryAsync(ReadAsync) && before is not null)
            Said = Describe(before, Report!);
        StateHasChanged();
    });

    private async Task ReadAsync() => Report = await Reports.GetAsync();
}
