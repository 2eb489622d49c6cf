namespace ArmTwitch.Articles;

/// <summary>Finds folders that the configuration names by a relative path.</summary>
public static class ContentFolder
{
    /// <returns>The folder of that name in the working directory or the nearest one above; else beside the program.</returns>
    public static string Find(string path)
    {
        for (var here = new DirectoryInfo(Directory.GetCurrentDirectory()); here is not null; here = here.Parent)
        {
            var candidate = Path.Combine(here.FullName, path);
            if (Directory.Exists(Path.Combine(candidate, "articles")))
                return candidate;
        }

        return Path.GetFullPath(path, AppContext.BaseDirectory);
    }
}
