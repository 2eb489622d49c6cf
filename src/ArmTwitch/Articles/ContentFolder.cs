namespace ArmTwitch.Articles;

/// <summary>Finds folders that the configuration names by a relative path.</summary>
public static class ContentFolder
{
    /// <returns>The folder of that name in the working directory or the nearest one above; else beside the program.</returns>
    public static string Find(string path)
    {
        for (var here = new DirectoryInfo(Directory.GetCurrentDirectory()); here is not null; here = here.Parent)
        {
            var candidate = Path.GetFullPath(path, here.FullName);
            if (Holds(candidate))
                return candidate;
        }

        return Path.GetFullPath(path, AppContext.BaseDirectory);
    }

    /// <summary>Whether the folder is one of content: whether it has articles.</summary>
    public static bool Holds(string folder) => Directory.Exists(Path.Combine(folder, "articles"));

    /// <summary>One line about a setting that names no folder of content.</summary>
    public static string Fault(string path) =>
        Settings.Fault("Content:Path", path, "be a folder that holds articles/" + (Path.IsPathRooted(path) ? "" : ", in the working directory, above it or beside the program"));
}
