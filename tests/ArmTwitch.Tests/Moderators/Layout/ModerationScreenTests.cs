using ArmTwitch.Moderators.Layout;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace ArmTwitch.Tests.Moderators.Layout;

/// <summary>What a screen of the moderators shows when a step of its own fails.</summary>
public sealed class ModerationScreenTests : IDisposable
{
    private readonly BunitContext bunit = new();
    private readonly ScreenError error = new();

    public void Dispose() => bunit.Dispose();

    [Fact]
    public async Task A_step_that_fails_says_that_the_page_may_be_out_of_date()
    {
        var screen = Open();

        Assert.False(await screen.FailAsync(new InvalidOperationException()));

        Assert.StartsWith("This page may be out of date", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_in_a_page_that_was_left_is_not_shown_above_the_next()
    {
        var screen = Open();
        error.BeginPage();

        await screen.FailAsync(new InvalidOperationException());

        Assert.Null(error.Message);
    }

    [Fact]
    public async Task A_page_that_is_closed_while_it_reads_reports_no_fault()
    {
        var screen = Open();

        Assert.False(await screen.FailAsync(new ObjectDisposedException("closed")));
        Assert.False(await screen.FailAsync(new OperationCanceledException()));

        Assert.Null(error.Message);
    }

    [Fact]
    public async Task The_second_click_of_a_double_click_does_nothing_except_where_each_is_a_step()
    {
        var page = bunit.Render<TestScreen>(screen => screen.AddCascadingValue(error));

        foreach (var button in new[] { "#act", "#act", "#step", "#step" })
        {
            await page.Find(button).ClickAsync(new MouseEventArgs { Detail = 1 });
            await page.Find(button).ClickAsync(new MouseEventArgs { Detail = 2 });
        }

        Assert.Equal((2, 4), (page.Instance.Acts, page.Instance.Steps));
    }

    private TestScreen Open() =>
        bunit.Render<TestScreen>(page => page.AddCascadingValue(error)).Instance;

    private sealed class TestScreen : ModerationScreen
    {
        public async Task<bool> FailAsync(Exception failure)
        {
            var isDone = true;
            await InvokeAsync(async () => isDone = await TryAsync(() => throw failure));
            return isDone;
        }

        public int Acts { get; private set; }

        public int Steps { get; private set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "id", "act");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => { Acts++; }));
            builder.CloseElement();
            builder.OpenElement(3, "button");
            builder.AddAttribute(4, "id", "step");
            builder.AddAttribute(5, "onclick", EachClick(() => { Steps++; }));
            builder.CloseElement();
        }
    }
}
