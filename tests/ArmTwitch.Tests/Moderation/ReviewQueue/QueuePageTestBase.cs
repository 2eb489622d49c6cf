using System.Globalization;
using System.Security.Claims;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Teamwork;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.SigningIn;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>The page of the queue as Ada, an editor, sees it, with the real services on a real database. Ben is a colleague.</summary>
public abstract class QueuePageTestBase : IAsyncLifetime
{
    private protected QueuePageTestBase(FailingCommandInterceptor? failing = null) => Site = new(failing: failing);

    protected ModerationTestSite Site { get; }

    protected BunitContext Context { get; } = new();

    protected Decider Ada { get; private set; } = null!;

    protected Decider Ben { get; private set; } = null!;

    protected static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (Ada, Ben) = (await Site.AddModeratorAsync("Ada", ModeratorRole.Editor), await Site.AddModeratorAsync("Ben"));
        Context.Services.AddSingleton(Site.Queue).AddSingleton(Site.Decisions).AddSingleton(Site.Undo).AddSingleton(Site.Replies)
            .AddSingleton(Site.Get<SpamScorer>()).AddSingleton(Site.Get<CommentChangeNotifier>()).AddSingleton<TimeProvider>(Site.Clock)
            .AddSingleton(Site.Get<IOptions<CommentsOptions>>()).AddSingleton(Site.Get<CommentNoteService>())
            .AddSingleton(Site.Get<EscalationService>());
        Context.JSInterop.Mode = JSRuntimeMode.Loose;
        Context.JSInterop.SetupModule(ModerationAssets.Address("queue.js")).Mode = JSRuntimeMode.Loose;
        var session = Context.AddAuthorization();
        session.SetAuthorized("Ada");
        session.SetPolicies(ModeratorPolicies.Moderator);
        session.SetClaims(
            new(ClaimTypes.NameIdentifier, Ada.Id.ToString()!), new(ClaimTypes.Role, ModeratorPolicies.Editor),
            new(ModeratorClaimsFactory.DisplayName, "Ada"));
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Context.DisposeAsync();
        await Site.DisposeAsync();
    }

    private protected NavigationManager Navigation => Context.Services.GetRequiredService<NavigationManager>();

    /// <summary>The address of the page without the site, for example <c>moderation/queue?tab=crisis</c>.</summary>
    private protected string Address => Navigation.ToBaseRelativePath(Navigation.Uri);

    protected IRenderedComponent<QueuePage> Open(Guid? comment = null) => OpenAt(comment is null ? "" : $"?comment={comment}");

    /// <param name="query">The query of the address, with its question mark.</param>
    protected IRenderedComponent<QueuePage> OpenAt(string query)
    {
        Navigation.NavigateTo($"/moderation/queue{query}");
        var page = Context.Render<QueuePage>();
        page.WaitForElement(".queue");
        // What the page renders once its script has loaded.
        page.InvokeAsync(() => { }).GetAwaiter().GetResult();
        return page;
    }

    protected static string MessageOn(IRenderedComponent<QueuePage> page) => page.FindAll(".toast p").SingleOrDefault()?.TextContent ?? "";

    protected static AngleSharp.Dom.IElement Button(IRenderedComponent<QueuePage> page, string text) =>
        page.FindAll("button").Single(button => WordsOf(button) == text);

    /// <summary>Without the key.</summary>
    private static string WordsOf(AngleSharp.Dom.IElement button) =>
        string.Concat(button.ChildNodes.Where(part => part.NodeName is not "KBD").Select(part => part.TextContent));

    /// <summary>What a screen reader is told, which comes some moments later.</summary>
    protected static string AnnouncedOn(IRenderedComponent<QueuePage> page) => page.Find("[role=status]").TextContent;

    /// <summary>Presses a key and passes what is on the screen, as queue.js does.</summary>
    protected static Task PressAsync(IRenderedComponent<QueuePage> page, string key, int[]? selection = null) =>
        page.InvokeAsync(() => page.Instance.HandleKeyAsync(key, ScreenOf(page.Find(".queue")), selection));

    private static ScreenState ScreenOf(AngleSharp.Dom.IElement screen) => new(
        Guid.TryParse(screen.GetAttribute("data-comment"), out var comment) ? comment : null,
        int.TryParse(screen.GetAttribute("data-revision"), CultureInfo.InvariantCulture, out var revision) ? revision : 0,
        long.TryParse(screen.GetAttribute("data-undo"), CultureInfo.InvariantCulture, out var undo) ? undo : null);
}
