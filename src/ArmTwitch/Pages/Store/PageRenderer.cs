using System.Text;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;
using ArmTwitch.Pages.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ArmTwitch.Pages.Store;

/// <summary>Renders a Razor component to the bytes of a page, outside any request.</summary>
public sealed class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <param name="choice">The reader's choice, which every own link of the page carries on; null for none.</param>
    /// <returns>The page in UTF-8.</returns>
    public async Task<byte[]> RenderAsync<TPage, TModel>(TModel model, string? choice = null) where TPage : ReaderPage<TModel>
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var activity = SiteTelemetry.Activities.StartActivity($"render {typeof(TPage).Name}");
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var bytes = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?> { [nameof(ReaderPage<>.Model)] = model };
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            var html = page.ToHtmlString();
            return Encoding.UTF8.GetBytes(choice is null ? html : OwnLinks.CarryOn(html, choice));
        });
        PageMetrics.Renders.Record(
            TimeProvider.System.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("page", typeof(TPage).Name));
        return bytes;
    }
}
