using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter.Drafting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Puts the content of an issue together from its file or draft and the articles.</summary>
public sealed class IssueComposer(
    IDbContextFactory<ArmTwitchDb> databases, ArticleLibrary library, IssueMailFactory mails, IOptions<NewsletterOptions> options,
    TimeProvider clock)
{
    /// <summary>
    /// What stands against drafts that are scheduled, by all that it depends on: their screens ask once a second, and composing a mail
    /// costs milliseconds. It is forgotten with the content.
    /// </summary>
    private readonly ConditionalWeakTable<ContentSnapshot, ConcurrentDictionary<Scheduled, string?>> obstacles = [];

    /// <summary>The issues as editors see them, in the same order.</summary>
    internal async Task<IReadOnlyList<IssueOverview>> LookAtAsync(IEnumerable<Issue> rows, CancellationToken cancellationToken)
    {
        var all = new List<IssueOverview>();
        foreach (var row in rows)
            all.Add(await LookAtAsync(row, null, cancellationToken));
        return all;
    }

    internal async Task<IssueOverview> LookAtAsync(Issue row, MailingCount? count, CancellationToken cancellationToken)
    {
        var (overview, now) = (LookAt(FileOf(row), row, count), clock.GetUtcNow());
        return overview is not { State: IssueState.Scheduled, IsLate: false, ScheduledFor: { } time } ? overview
            : overview with
            {
                Obstacle = await FindObstacleAsync(row, time > now ? time : now, cancellationToken)
            };
    }

    private async Task<string?> FindObstacleAsync(Issue row, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = obstacles.GetOrCreateValue(library.Current);
        var scheduled = new Scheduled(row.Id, row.Version, row.SeenHash, DateOnly.FromDateTime(at.UtcDateTime));
        if (row.IsWritten && found.TryGetValue(scheduled, out var known))
            return known;
        var obstacle = (await ComposeSeenAsync(row, at, cancellationToken)).Obstacle;
        // A digest in a file depends on the issues that were sent before it, too.
        if (row.IsWritten)
            found[scheduled] = obstacle;
        return obstacle;
    }

    /// <inheritdoc cref="IssueOverview.Of"/>
    internal IssueOverview LookAt(IssueFile? file, Issue? row, MailingCount? count) =>
        IssueOverview.Of(file, row, count, clock.GetUtcNow() - TimeSpan.FromHours(options.Value.LateHours));

    /// <summary>Composes an issue that somebody has said shall go.</summary>
    /// <param name="at">When it goes out.</param>
    /// <returns>Its content and mail, and why it may not go out as it stands, in words for the editor.</returns>
    internal async Task<(IssueContent? Content, IssueMail? Mail, string? Obstacle)> ComposeSeenAsync(
        Issue row, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (content, trouble) = await ComposeAsync(db, row.Slug, row, at, cancellationToken);
        var mail = content is null ? null : mails.Create(content);
        if (mail is not null && row.SeenHash is { } seen && seen != mail.Hash)
            trouble ??= "Its text, or an article in it, has changed since somebody looked at it and said that it shall go. "
                + "Look at it, then send it or give it another time.";
        return (content, mail, mails.Missing ?? trouble);
    }

    /// <param name="at">When it goes out; null while that is not known.</param>
    /// <returns>
    /// The content of the issue as of now, and why it may not be sent. A file with a fault has no content; a draft has one, for its preview.
    /// </returns>
    internal async Task<(IssueContent? Content, string? Trouble)> ComposeAsync(
        Slug slug, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ComposeAsync(db, slug, await FindRowAsync(db, slug, cancellationToken), at, cancellationToken);
    }

    /// <param name="row">Null for what is only a file so far.</param>
    private async Task<(IssueContent? Content, string? Trouble)> ComposeAsync(
        ArmTwitchDb db, Slug slug, Issue? row, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var day = at is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : (DateOnly?)null;
        if (row is { IsWritten: true })
            return ComposeDraft(row, day);
        var issueFile = row is null ? library.Current.FindIssueFile(slug) : FileOf(row);
        return issueFile is null
            ? (null, $"There is no file {IssueFile.Folder}/{slug}.md without a fault. 'content check' tells what is wrong with it.")
            : IssueContent.Of(
                issueFile, library.Current, await FindBeforeAsync(db, cancellationToken),
                DateOnly.FromDateTime((row?.CreatedAt ?? clock.GetUtcNow()).UtcDateTime), day);
    }

    private (IssueContent? Content, string? Trouble) ComposeDraft(Issue row, DateOnly? day)
    {
        var (content, draft) = (library.Current, new IssueDraft(row.Subject, row.Preheader, row.Source!, row.Articles));
        var faults = IssueDraftCheck.FindFaults(draft, content, day);
        var trouble = faults.All is [var first, ..] ? first.Sentence : null;
        return faults.IsUnreadable
            ? (null, trouble)
            : (new IssueContent(FileOf(row)!, IssueContent.Find(row.Articles, content, hasUpcoming: true)) { Version = row.Version, DraftId = row.Id }, trouble);
    }

    internal static async Task<IssuesBefore> FindBeforeAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var sent = db.Set<Issue>().AsNoTracking().Where(issue => issue.PublishedAt != null);
        var last = await sent.OrderByDescending(issue => issue.PreparedAt).FirstOrDefaultAsync(cancellationToken);
        var first = await sent.MinAsync(issue => issue.PreparedAt, cancellationToken);
        var lines = await sent.Select(issue => issue.Articles).ToListAsync(cancellationToken);
        return new(
            last, first is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null,
            [.. lines.SelectMany(IssueArticleEntry.Read).Select(one => one.Slug).Distinct()]);
    }

    /// <returns>Null when the file is missing or has a fault.</returns>
    internal IssueFile? FileOf(Issue row) =>
        row.Source is { } source
            // A draft has no front matter: behind the line break, a line of --- at its top is a line. Digests of before issues could be
            // written here have no version, and gather their articles when they are sent.
            ? new IssueFile(row.Slug, row.Subject.Trim(), row.Preheader.Trim(), [], IsDigest: !row.IsWritten, $"\n{source}")
            : library.Current.FindIssueFile(row.Slug);

    internal async Task<Issue?> FindRowAsync(Slug slug, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindRowAsync(db, slug, cancellationToken);
    }

    private static Task<Issue?> FindRowAsync(ArmTwitchDb db, Slug slug, CancellationToken cancellationToken) =>
        db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);

    /// <param name="Day">On which it goes out, in UTC.</param>
    private readonly record struct Scheduled(Guid Issue, int Version, string? SeenHash, DateOnly Day);
}
