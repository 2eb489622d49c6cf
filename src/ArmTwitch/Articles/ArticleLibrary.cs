using ArmTwitch.Articles.Content;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Articles;

/// <summary>The content in memory. A caller reads <see cref="Current"/> once and works with that snapshot.</summary>
public sealed partial class ArticleLibrary
{
    private readonly ContentLoader loader;
    private readonly ILogger<ArticleLibrary> logger;
    private readonly Lock loading = new();
    private volatile ContentSnapshot now = ContentSnapshot.Empty;
    private volatile string? unreadable;

    public ArticleLibrary(IOptions<ContentOptions> options, IContentLinter rules, TimeProvider clock, ILogger<ArticleLibrary> logger)
    {
        this.logger = logger;
        Folder = ContentFolderResolver.Find(options.Value.Path);
        loader = new ContentLoader(
            Folder, options.Value.CheckRules ? rules : null, () => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        Reload();
    }

    /// <summary>Raised after <see cref="Current"/> has been replaced.</summary>
    public event Action<ContentChange>? Changed;

    /// <summary>The full path of the content folder.</summary>
    public string Folder { get; }

    public ContentSnapshot Current => now;

    /// <summary>Why the content folder could not be read the last time; null when it could.</summary>
    public string? Unreadable => unreadable;

    /// <summary>Reads the files that changed since the last time. A file that cannot be read keeps its last good version.</summary>
    public void Reload()
    {
        lock (loading)
        {
            var before = now;
            try
            {
                if (!ContentFolderResolver.HasArticles(Folder))
                    throw new DirectoryNotFoundException($"There is no folder {Path.Combine(Folder, "articles")}");
                var after = loader.Load();
                unreadable = null;
                if (after is null)
                    return;
                now = after;
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                unreadable = failed.Message;
                LogUnreadable(failed.Message);
                return;
            }

            LogLoaded(Plural.Of(now.Latest.Count, "article"), Folder, Plural.Of(now.Faults.Count, "fault"));
            foreach (var diagnostic in now.Faults.Except(before.Faults))
                LogFault(diagnostic);
            Changed?.Invoke(ContentChange.Between(before, now));
        }
    }

    [LoggerMessage(LogLevel.Information, "{Articles} from {Folder}, {Faults}")]
    private partial void LogLoaded(string articles, string folder, string faults);

    [LoggerMessage(LogLevel.Error, "{Fault}")]
    private partial void LogFault(ContentDiagnostic fault);

    [LoggerMessage(LogLevel.Error, "The content could not be read, the last version stays: {Why}")]
    private partial void LogUnreadable(string why);
}
