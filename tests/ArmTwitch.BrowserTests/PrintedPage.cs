using System.Globalization;

namespace ArmTwitch.BrowserTests;

/// <summary>What a PDF holds, by the tools of poppler.</summary>
internal static class PrintedPage
{
    public static Task<int> CountAsync(byte[] pdf) => WithFileAsync(pdf, async file =>
    {
        var pages = (await ExternalTools.RunAsync("pdfinfo", file)).Split('\n')
            .Single(line => line.StartsWith("Pages:", StringComparison.Ordinal));
        return int.Parse(pages["Pages:".Length..], CultureInfo.InvariantCulture);
    });

    /// <returns>
    /// The text with a form feed behind each page. Raw, because otherwise the hyphens at the ends of lines are lost.
    /// </returns>
    public static Task<string> TextAsync(byte[] pdf) =>
        WithFileAsync(pdf, file => ExternalTools.RunAsync("pdftotext", "-raw", "-enc", "UTF-8", file, "-"));

    private static async Task<T> WithFileAsync<T>(byte[] pdf, Func<string, Task<T>> read)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
            return await read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
