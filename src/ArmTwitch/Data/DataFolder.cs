using ArmTwitch.Articles;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Data;

/// <summary>The folder for what the program writes. Making it is the first thing a start does.</summary>
public sealed class DataFolder
{
    /// <exception cref="OptionsValidationException">The folder cannot be made or written.</exception>
    public DataFolder(IOptions<DataOptions> options, IOptions<ContentOptions> content)
    {
        var folder = Path.TrimEndingDirectorySeparator(ContentFolder.Find(content.Value.Path));
        FullPath = Path.GetFullPath(options.Value.Directory, Path.GetDirectoryName(folder) ?? folder);
        try
        {
            Directory.CreateDirectory(FullPath);
            // A folder that is there may still be mounted to be read only, or belong to somebody else.
            File.Create(Path.Combine(FullPath, $".start-{Guid.NewGuid():N}"), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException("Data", typeof(DataOptions), [Settings.Fault("Data:Directory", options.Value.Directory, $"be a folder that the program may make and write: {failed.Message.TrimEnd('.')}")]);
        }
    }

    public string FullPath { get; }
}
