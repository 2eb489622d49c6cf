namespace ArmTwitch.Data.Files;

/// <summary>A private file that is written whole or not at all, so that the same command can be given again.</summary>
public static class NewFile
{
    /// <param name="file">A file that is not there yet.</param>
    /// <param name="write">When it fails, the file is removed.</param>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException"/>
    public static async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        var stream = new FileStream(file, OwnerOnlyFiles.Options(FileMode.CreateNew, FileAccess.Write));
        try
        {
            await using (stream)
                await write(stream);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }
}
