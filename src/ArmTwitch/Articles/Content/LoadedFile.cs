using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.Publishing;

namespace ArmTwitch.Articles.Content;

/// <summary>A file as it was read last, and the version of it that readers see.</summary>
internal abstract class LoadedFile<T> where T : class
{
    public FileStamp Stamp { get; set; }

    /// <summary>What the file says now; null when it cannot be shown.</summary>
    public T? Newest { get; protected set; }

    /// <summary>The version that readers see; null when there is none yet.</summary>
    public T? LastGood { get; private set; }

    /// <summary>Shows readers the newest version, if there is one.</summary>
    public void Publish() => LastGood = Newest ?? LastGood;

    /// <summary>Keeps the version that readers see of the file that this one replaces.</summary>
    public void CarryLastGoodFrom(LoadedFile<T>? before) => LastGood = before?.LastGood;

    /// <summary>Looks the names and links in the file up again, because other files have changed.</summary>
    /// <returns>All that is wrong with the file now.</returns>
    public abstract IReadOnlyList<ContentDiagnostic> Resolve(ContentTables tables, LinkChecker links);
}

internal sealed class LoadedPage(InformationPageFile file, DiagnosticCollector diagnostics) : LoadedFile<InformationPage>
{
    public string Name => diagnostics.File;

    public MarkdownOutline Outline => file.Outline;

    public override IReadOnlyList<ContentDiagnostic> Resolve(ContentTables tables, LinkChecker links)
    {
        var all = diagnostics.Copy();
        links.CheckLinks(file.Outline, all);
        Newest = file.Page;
        return all.Diagnostics;
    }
}

/// <summary>An issue of the newsletter. It is never published: what an editor is in the middle of changing must not be sent.</summary>
internal sealed class LoadedIssueFile(ParsedIssueFile file, DiagnosticCollector diagnostics) : LoadedFile<IssueFile>
{
    public override IReadOnlyList<ContentDiagnostic> Resolve(ContentTables tables, LinkChecker links)
    {
        var all = diagnostics.Copy();
        links.CheckLinks(file.Outline, all);
        links.CheckArticles(file.Named, all);
        Newest = all.Diagnostics.Count is 0 ? file.Issue : null;
        return all.Diagnostics;
    }
}

internal sealed class LoadedArticle(ArticleFile file, DiagnosticCollector diagnostics) : LoadedFile<Article>
{
    public ArticleFile File => file;

    /// <summary>Whether an error of the rules of writing keeps the newest version from readers.</summary>
    public bool BreaksRule { get; set; }

    /// <summary>What becomes of the newest version.</summary>
    /// <param name="today">A later day of publication lies ahead.</param>
    public PublicationState StateOn(DateOnly today) =>
        file.IsDraft ? PublicationState.Draft
        : Newest is null || BreaksRule ? PublicationState.HeldBack
        : file.PublishedOn > today ? PublicationState.Scheduled
        : Newest.WithdrawnOn is not null ? PublicationState.Withdrawn
        : PublicationState.Published;

    /// <summary>The newest version when readers do not see it.</summary>
    public Article? Unpublished => ReferenceEquals(Newest, LastGood) ? null : Newest;

    public override IReadOnlyList<ContentDiagnostic> Resolve(ContentTables tables, LinkChecker links)
    {
        var all = diagnostics.Copy();
        Newest = file.Resolve(tables, all);
        links.CheckLinks(file, all);
        // Nobody reads a draft yet, so nothing in it is urgent.
        return file.IsDraft
            ? [.. all.Diagnostics.Select(diagnostic => diagnostic with { Level = DiagnosticSeverity.Warning })]
            : all.Diagnostics;
    }
}
