using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests;

/// <summary>What a reader does in every test.</summary>
internal static class ReaderActions
{
    /// <summary>Opens a page, which has to answer with the status that such a page has.</summary>
    public static async Task<IPage> OpenAsync(this IBrowserContext reader, string address)
    {
        var page = await reader.NewPageAsync();
        await page.TurnToAsync(address);
        return page;
    }

    public static async Task<IResponse> TurnToAsync(this IPage page, string address)
    {
        var response = await page.GotoAsync(address);
        Assert.NotNull(response);
        Assert.Equal(PageAddresses.StatusOf(address), response.Status);
        return response;
    }

    /// <summary>Asks the page for its faults with a script that returns one line a fault, and fails if there is any.</summary>
    public static async Task HasNoneAsync(this IPage page, string script, string what)
    {
        var faults = await page.EvaluateAsync<string[]>(script);
        Assert.True(faults.Length is 0, $"{page.Url}: {what}\n{string.Join('\n', faults)}");
    }
}
