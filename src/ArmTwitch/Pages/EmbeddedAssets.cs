using System.Text;

namespace ArmTwitch.Pages;

/// <summary>The files of the <c>Assets</c> folders, embedded in the program.</summary>
public static class EmbeddedAssets
{
    private static IReadOnlyList<string> folders = [];

    /// <summary>When one of the files was last edited, in UTC; constant while they are read from the program.</summary>
    public static DateTime EditedAt =>
        folders.Count is 0 ? default : folders.SelectMany(Directory.EnumerateFiles).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();

    /// <summary>Reads the files from the project folder from now on, so that an edit shows without a build.</summary>
    /// <returns>False when the program does not lie in its project folder.</returns>
    public static bool ReadFromProject()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        while (here is not null && !File.Exists(Path.Combine(here.FullName, "ArmTwitch.csproj")))
            here = here.Parent;
        var rooms = here?.EnumerateDirectories() ?? [];
        folders = [.. rooms.Select(room => Path.Combine(room.FullName, "Assets")).Where(Directory.Exists)];
        return folders.Count > 0;
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static byte[] Bytes(string name)
    {
        if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } edited)
            return File.ReadAllBytes(edited);
        using var stream = typeof(EmbeddedAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"There is no asset '{name}'.", name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name)).ReplaceLineEndings("\n");
}
