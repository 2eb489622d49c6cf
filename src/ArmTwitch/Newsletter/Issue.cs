using System.Security.Cryptography;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>An issue of the newsletter, from the moment on at which it is more than a file.</summary>
public sealed class Issue
{
    public const int MaxTroubleLength = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Slug Slug { get; init; }

    public required string Subject { get; set; }

    public required string Preheader { get; set; }

    /// <summary>The text of an issue that the program made; null when there is a file.</summary>
    public string? Source { get; init; }

    public IssueState State { get; set; } = IssueState.Draft;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ScheduledFor { get; set; }

    /// <summary>When its text and its audience were fixed.</summary>
    public DateTimeOffset? PreparedAt { get; set; }

    /// <summary>
    /// When the first mail could leave; from then on it is on the web. Null again when it was cancelled and nobody had got it.
    /// </summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When nothing waited any more.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>The text for its recipients in the outbox; null until it is prepared.</summary>
    public Guid? MailingId { get; set; }

    /// <summary>The editor's words as HTML for the web, as they were sent.</summary>
    public string? Body { get; set; }

    /// <summary>The articles it brought, as lines of section and address.</summary>
    public string Articles { get; set; } = "";

    /// <summary>
    /// The hash of the mail that somebody looked at before they said when it shall go; another one is not sent. Null before.
    /// </summary>
    public string? SeenHash { get; set; }

    /// <summary>
    /// For a digest, the last issue when it was made, or the empty id when there was none; null for an issue with a file. It keeps two from
    /// being made at once.
    /// </summary>
    public Guid? DigestAfter { get; init; }

    /// <summary>Why it does not go on, in words for the editor; null while all is well.</summary>
    public string? Trouble { get; set; }

    /// <summary>Where it is on the web.</summary>
    public static string AddressOf(Slug slug) => $"/newsletter/issues/{slug}";
}

/// <summary>Where an issue stands. The words are the contract's.</summary>
public enum IssueState
{
    Draft,
    Scheduled,
    Preparing,
    Sending,
    Paused,
    Sent,

    /// <summary>Nothing waits any more, and some mails are dead or in doubt.</summary>
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
