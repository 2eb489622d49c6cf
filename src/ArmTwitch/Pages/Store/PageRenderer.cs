using System.Text;
using ArmTwitch.Pages.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ArmTwitch.Pages.Store;

/// <summary>Renders a Razor component to the bytes of a page, outside any request.</summary>
public sealed class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <returns>The page in UTF-8.</returns>
    public async Task<byte[]> RenderAsync<TPage, TModel>(TModel model) where TPage : ReaderPage<TModel>
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?> { [nameof(ReaderPage<>.Model)] = model };
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            return Encoding.UTF8.GetBytes(page.ToHtmlString());
        });
    }
}
