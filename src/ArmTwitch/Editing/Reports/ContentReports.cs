using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Editing.Reports;

/// <summary>Makes the report on the content that readers see now. All screens share one, until a file changes or a day begins.</summary>
public sealed class ContentReports(ArticleLibrary library, IOptions<ContentOptions> options, TimeProvider clock)
{
    private readonly Lock making = new();
    private (ContentSnapshot Content, DateOnly Day, Task<ContentReport> Report)? last;

    /// <exception cref="IOException">A file cannot be read. The next call tries again.</exception>
    public Task<ContentReport> GetAsync()
    {
        var (content, context) = (library.Current, LintContext.Of(options.Value, clock));
        lock (making)
        {
            if (last is { Report.IsFaulted: false } known && ReferenceEquals(known.Content, content) && known.Day == context.Today)
                return known.Report;
            var report = Task.Run(() => ContentReport.Of(content, library.Folder, context));
            last = (content, context.Today, report);
            return report;
        }
    }
}
