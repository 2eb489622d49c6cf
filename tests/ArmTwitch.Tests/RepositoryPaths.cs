namespace ArmTwitch.Tests;

/// <summary>Where the files of the repository are, wherever the tests run.</summary>
public static class RepositoryPaths
{
    public static string Root { get; } = Find();

    public static string Content => Path.Combine(Root, "content");

    private static string Find()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "ArmTwitch.sln")))
                return here.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository");
    }
}
