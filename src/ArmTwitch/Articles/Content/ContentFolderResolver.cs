namespace ArmTwitch.Articles.Content;

/// <summary>Finds folders that the configuration names by a relative path.</summary>
public static class ContentFolderResolver
{
    /// <returns>The folder of that name in the working directory or the nearest one above; else beside the program or above that.</returns>
    public static string Find(string path) =>
        AtOrAbove(Directory.GetCurrentDirectory()).Concat(AtOrAbove(AppContext.BaseDirectory))
            .Select(folder => Path.GetFullPath(path, folder)).FirstOrDefault(HasArticles)
        ?? Path.GetFullPath(path, AppContext.BaseDirectory);

    /// <summary>Whether the folder is one of content: whether it has articles.</summary>
    public static bool HasArticles(string folder) => Directory.Exists(Path.Combine(folder, "articles"));

    private static IEnumerable<string> AtOrAbove(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
            yield return here.FullName;
    }

    /// <summary>One line about a setting that names no folder of content.</summary>
    public static string Fault(string path) =>
        SettingsValidation.Fault("Content:Path", path, "be a folder that holds articles/"
            + (Path.IsPathRooted(path) ? "" : ", in the working directory, above it or beside the program"));
}
