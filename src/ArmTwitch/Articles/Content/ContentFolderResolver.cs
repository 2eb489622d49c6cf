namespace ArmTwitch.Articles.Content;

/// <summary>Finds the content folder, which the settings may name by a relative path.</summary>
public static class ContentFolderResolver
{
    /// <returns>
    /// The first that has articles: in the working directory, in the folders above it, beside the program, in the folders above that.
    /// Beside the program when none has.
    /// </returns>
    public static string Find(string path) =>
        AtOrAbove(Directory.GetCurrentDirectory()).Concat(AtOrAbove(AppContext.BaseDirectory))
            .Select(folder => Path.GetFullPath(path, folder)).FirstOrDefault(HasArticles)
        ?? Path.GetFullPath(path, AppContext.BaseDirectory);

    public static bool HasArticles(string folder) => Directory.Exists(Path.Combine(folder, "articles"));

    private static IEnumerable<string> AtOrAbove(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
            yield return here.FullName;
    }

    /// <summary>The message for a setting that names no folder with articles.</summary>
    public static string Fault(string path) =>
        SettingsValidation.Fault("Content:Path", path, "be a folder that holds articles/"
            + (Path.IsPathRooted(path) ? "" : ", in the working directory, above it or beside the program"));
}
