namespace ArmTwitch.Data.Files;

/// <summary>Deletes files by age, content or length.</summary>
public static class OldFileCleanup
{
    /// <summary>Deletes files that were last written at that time or before.</summary>
    /// <param name="folder">Without its subfolders; it need not exist.</param>
    /// <returns>How many files were deleted.</returns>
    public static int Delete(string folder, DateTimeOffset before)
    {
        if (!Directory.Exists(folder))
            return 0;
        var old = new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc <= before.UtcDateTime).ToList();
        old.ForEach(file => file.Delete());
        return old.Count;
    }

    /// <summary>Deletes files that contain one of the texts, ignoring case.</summary>
    /// <inheritdoc cref="Delete(string, DateTimeOffset)"/>
    public static async Task<int> DeleteNamingAsync(string folder, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return 0;
        var deleted = 0;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            try
            {
                var content = await File.ReadAllTextAsync(file, cancellationToken);
                if (!texts.Any(text => content.Contains(text, StringComparison.OrdinalIgnoreCase)))
                    continue;
                File.Delete(file);
                deleted++;
            }
            catch (FileNotFoundException)
            {
                // The running site has moved or deleted it meanwhile.
            }
        }

        return deleted;
    }

    /// <summary>Deletes files that are too long to belong there.</summary>
    /// <param name="length">In bytes.</param>
    /// <inheritdoc cref="Delete(string, DateTimeOffset)"/>
    public static int DeleteLonger(string folder, long length)
    {
        if (!Directory.Exists(folder))
            return 0;
        var longer = new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Exists && file.Length > length).ToList();
        longer.ForEach(file => file.Delete());
        return longer.Count;
    }
}
