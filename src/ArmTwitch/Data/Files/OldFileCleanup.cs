namespace ArmTwitch.Data.Files;

/// <summary>Deletes files that have lain long enough.</summary>
public static class OldFileCleanup
{
    /// <param name="folder">Only what stands in it, not in folders below; it need not be there.</param>
    /// <returns>How many.</returns>
    public static int Delete(string folder, DateTimeOffset before)
    {
        if (!Directory.Exists(folder))
            return 0;
        var old = new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc <= before.UtcDateTime).ToList();
        old.ForEach(file => file.Delete());
        return old.Count;
    }

    /// <summary>Deletes files in which one of the words stands, whatever the case.</summary>
    /// <param name="words">In lower case.</param>
    /// <inheritdoc cref="Delete(string, DateTimeOffset)"/>
    public static async Task<int> DeleteNamingAsync(string folder, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return 0;
        var deleted = 0;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            try
            {
                var text = await File.ReadAllTextAsync(file, cancellationToken);
                if (!words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
                    continue;
                File.Delete(file);
                deleted++;
            }
            catch (FileNotFoundException)
            {
                // The site, which runs meanwhile, has moved or deleted it.
            }
        }

        return deleted;
    }

    /// <summary>Deletes files that are longer than anything that belongs there.</summary>
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
