using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.Interruptions;
using ArmTwitch.Newsletter.ImportExport.TakingBack;
using ArmTwitch.Newsletter.ImportScreens;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

/// <summary>The screen on which an editor imports subscribers.</summary>
public abstract class SubscriberImportScreenTestBase : IAsyncLifetime
{
    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    private protected SubscriberImportScreenTestBase() =>
        Site = new(DatabaseKind.Sqlite, Failing, ("Newsletter:ImportMegabytes", "1"));

    private protected FailingCommandInterceptor Failing { get; } = new();

    private protected NewsletterTestSite Site { get; }

    protected BunitContext Context { get; } = new();

    protected CurrentModerator Editor { get; private set; } = null!;

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Context.Services.AddSingleton(Site.Site.Get<SubscriberTransferService>()).AddSingleton(Site.Site.Get<SubscriberImportRuns>())
            .AddSingleton(Site.Site.Get<ImportTakeBackService>()).AddSingleton(Site.Site.Get<UnfinishedImportFinder>())
            .AddSingleton(Site.Site.Get<IOptions<NewsletterOptions>>())
            .AddSingleton(Site.Site.Get<DataFolder>());
        Context.JSInterop.Mode = JSRuntimeMode.Loose;
        Editor = await Site.SignInEditorAsync();
        Context.AddAuthorization().SetAuthorized(Editor.Name).SetClaims(
            new Claim(ClaimTypes.NameIdentifier, Editor.Id.ToString()), new Claim(ClaimTypes.Email, Editor.Email),
            new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(Editor.Role)), new Claim(ModeratorClaimsFactory.DisplayName, Editor.Name));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Context.DisposeAsync();
        Site.Dispose();
    }

    /// <summary>What had the focus last.</summary>
    protected string Focused() =>
        Assert.IsType<ElementReference>(Context.JSInterop.Invocations.Last(call => call.Identifier.EndsWith("focus", StringComparison.Ordinal)).Arguments[0]).Id;

    protected IRenderedComponent<SubscriberImportScreen> Choose(string table, string until = "tbody", string name = "list.csv")
    {
        var page = Context.Render<SubscriberImportScreen>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(table, name));
        page.WaitForElement(until, Patience);
        return page;
    }
}
