using ArmTwitch.Articles.Content;
using ArmTwitch.Data.Files;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Data;

/// <summary>The data folder. A start creates it before anything else.</summary>
public sealed partial class DataFolder
{
    /// <exception cref="OptionsValidationException">The folder cannot be created or written.</exception>
    public DataFolder(IOptions<DataOptions> options, IOptions<ContentOptions> content, ILogger<DataFolder> logger)
    {
        FullPath = Find(options.Value, ContentFolderResolver.Find(content.Value.Path));
        try
        {
            if (!OwnerOnlyFiles.MakeFolder(FullPath))
                LogOpen(logger, FullPath);
            // An existing folder may be mounted read-only, or belong to another user.
            var probe = OwnerOnlyFiles.Options(FileMode.CreateNew, FileAccess.Write);
            probe.Options = FileOptions.DeleteOnClose;
            new FileStream(Path.Combine(FullPath, $".start-{Guid.NewGuid():N}"), probe).Dispose();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException("Data", typeof(DataOptions), [SettingsValidation.Fault(
                "Data:Directory", options.Value.Directory,
                $"be a folder that the program may make and write: {failed.Message.TrimEnd('.')}")]);
        }
    }

    public string FullPath { get; }

    /// <summary>The full path of <see cref="DataOptions.Directory"/>, whether the folder exists or not.</summary>
    public static string Find(DataOptions options, string content)
    {
        var folder = Path.TrimEndingDirectorySeparator(content);
        return Path.GetFullPath(options.Directory, Path.GetDirectoryName(folder) ?? folder);
    }

    [LoggerMessage(LogLevel.Warning, "Other users of this machine may read {Folder}, which holds people's words and addresses: give it "
        + "to the user that the program runs as, or close it with chmod 700")]
    private static partial void LogOpen(ILogger logger, string folder);
}
