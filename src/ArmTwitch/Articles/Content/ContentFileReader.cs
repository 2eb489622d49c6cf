using System.Text;

namespace ArmTwitch.Articles.Content;

/// <summary>Lists and reads the files of one content folder. Names are paths below it, with forward slashes.</summary>
internal sealed class ContentFileReader(string folder)
{
    /// <summary>Ten times the longest article: a bigger file is a mistake, and some mistakes take Markdown very long to read.</summary>
    public const int MaxFileSize = 256 * 1024;

    private static readonly EnumerationOptions EveryMarkdownFile =
        new() { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool Exists(string name) => File.Exists(FullPath(name));

    public FileStamp StampOf(string name) => FileStamp.Of(FullPath(name));

    /// <summary>The Markdown files that stand in the subfolder itself, in order; none when there is no such folder.</summary>
    public IEnumerable<string> List(string subfolder)
    {
        var path = FullPath(subfolder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.md").Select(file => Path.GetFileName(file))
                // Not what macOS leaves beside a file ("._one.md"), nor what an editor hides.
                .Where(name => !name.StartsWith('.') && name.EndsWith(".md", StringComparison.Ordinal))
                .Select(name => $"{subfolder}/{name}").Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>
    /// Files that somebody probably meant to be read and <see cref="List"/> leaves out: in a folder below, or ending in .MD.
    /// </summary>
    public IEnumerable<string> ListUnread(string subfolder)
    {
        var read = List(subfolder).ToHashSet(StringComparer.Ordinal);
        var path = FullPath(subfolder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.md", EveryMarkdownFile)
                .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(name => !name.Split('/').Any(part => part.StartsWith('.')) && !read.Contains(name))
            : [];
    }

    /// <inheritdoc cref="Read(string, FileStamp, DiagnosticCollector)"/>
    public string? Read(string name, DiagnosticCollector diagnostics) => Read(name, StampOf(name), diagnostics);

    /// <param name="stamp">What the file looks like.</param>
    /// <returns>The file's text; empty, with a fault, when it cannot be read; null when the file has just gone.</returns>
    public string? Read(string name, FileStamp stamp, DiagnosticCollector diagnostics)
    {
        try
        {
            // A pipe or a device has no length either, and reading it might never end.
            if (stamp is { Length: 0 } && stamp != default)
                return "";
            using var file = File.OpenRead(FullPath(name));
            if (file.Length > MaxFileSize)
            {
                diagnostics.Add(TextPosition.Start, "too-big", $"The file has {file.Length} bytes.", $"Write at most {MaxFileSize}.");
                return "";
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Utf8.GetString(bytes).TrimStart('\ufeff');
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            diagnostics.Add(TextPosition.Start, "not-utf-8", "The file is not UTF-8.", "Save it as UTF-8.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(TextPosition.Start, "unreadable", $"The file cannot be read: {unreadable.Message}", "Let the program read it.");
        }

        return "";
    }

    private string FullPath(string name) => Path.Combine(folder, name);
}

/// <summary>What a file looked like when it was read. A symbolic link counts as the file it leads to.</summary>
internal readonly record struct FileStamp(DateTime WrittenAt, long Length)
{
    /// <returns>The default value when there is no such file.</returns>
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? new FileStamp(target.LastWriteTimeUtc, target.Length) : default;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Symbolic links that lead in a circle, for example. Reading the file fails too, and reports it.
            return default;
        }
    }
}
