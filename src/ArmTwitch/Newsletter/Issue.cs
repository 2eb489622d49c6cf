using System.Security.Cryptography;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>An issue of the newsletter. It gets a row when it is scheduled, or when it is begun on the screen.</summary>
public sealed class Issue
{
    public const int MaxTroubleLength = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Slug Slug { get; init; }

    public required string Subject { get; set; }

    public required string Preheader { get; set; }

    /// <summary>The Markdown of the introduction of an issue that is written on the screen; null when there is a file.</summary>
    public string? Source { get; init; }

    /// <summary>Grows with every save of what is written on the screen; 0 when there is a file.</summary>
    public int Version { get; init; }

    /// <summary>The editor who saved it last; null when nobody has.</summary>
    public Guid? EditedBy { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Whether it is written on the screen.</summary>
    public bool IsWritten => Source is not null && Version > 0;

    public IssueState State { get; set; } = IssueState.Draft;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ScheduledFor { get; set; }

    /// <summary>When its text was fixed.</summary>
    public DateTimeOffset? PreparedAt { get; set; }

    /// <summary>
    /// When sending began; from then on it is on the web. Null again when it was cancelled before anybody got it.
    /// </summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When no mail of it waited any more.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Null until it is prepared.</summary>
    public Guid? MailingId { get; set; }

    /// <summary>The editor's text as HTML for the web, as it was sent.</summary>
    public string? Body { get; set; }

    /// <summary>Its articles, as lines of section, address and note; of an issue with a file only once it is prepared.</summary>
    public string Articles { get; set; } = "";

    /// <summary>
    /// The hash of the mail that an editor looked at before scheduling it; no other mail is sent. Null before.
    /// </summary>
    public string? SeenHash { get; set; }

    /// <summary>
    /// For a digest, the last issue at that time, or the empty id when there was none; null for an issue with a file. Its unique index
    /// prevents two digests of the same articles.
    /// </summary>
    public Guid? DigestAfter { get; init; }

    /// <summary>Why it is stopped, in words for the editor; null when it is not.</summary>
    public string? Trouble { get; set; }

    /// <summary>Where it is on the web.</summary>
    public static string AddressOf(Slug slug) => $"/newsletter/issues/{slug}";
}

/// <summary>The words are the contract's.</summary>
public enum IssueState
{
    Draft,
    Scheduled,
    Preparing,
    Sending,
    Paused,
    Sent,

    /// <summary>No mail waits any more, and some are refused or unknown.</summary>
    SentWithProblems,
    Cancelled,
    PrepareFailed,
}

internal sealed class IssueConfiguration : IEntityTypeConfiguration<Issue>
{
    public void Configure(EntityTypeBuilder<Issue> builder)
    {
        builder.ToTable("NewsletterIssues");
        builder.Property(issue => issue.Slug)
            .HasConversion(slug => slug.ToString(), text => Slug.Parse(text, null)).HasMaxLength(Slug.MaxLength);
        builder.Property(issue => issue.Subject).HasMaxLength(IssueFile.MaxSubjectLength);
        builder.Property(issue => issue.Preheader).HasMaxLength(IssueFile.MaxPreheaderLength);
        builder.Property(issue => issue.Trouble).HasMaxLength(Issue.MaxTroubleLength);
        builder.HasIndex(issue => issue.Slug).IsUnique();
        builder.Property(issue => issue.SeenHash).HasMaxLength(SHA256.HashSizeInBytes * 2);
        builder.HasIndex(issue => issue.DigestAfter).IsUnique().HasFilter("\"State\" <> 'Cancelled'");
        builder.HasIndex(issue => new { issue.State, issue.ScheduledFor });
    }
}
