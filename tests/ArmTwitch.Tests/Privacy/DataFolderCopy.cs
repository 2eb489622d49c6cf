using System.Diagnostics;

namespace ArmTwitch.Tests.Privacy;

/// <summary>
/// A copy of a site's data folder, made by another process: whoever opens and closes the file of SQLite in the process that works on it
/// takes its locks away.
/// </summary>
internal sealed class DataFolderCopy : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("armtwitch-copy-").FullName;

    private DataFolderCopy()
    {
    }

    public string Folder => Path.Combine(folder, "data");

    public static async Task<DataFolderCopy> OfAsync(TestSite site)
    {
        var copy = new DataFolderCopy();
        using var process = Process.Start("cp", ["-a", site.DataFolder, copy.Folder]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return copy;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
