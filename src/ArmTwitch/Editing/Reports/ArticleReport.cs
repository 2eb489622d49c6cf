using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Publishing;

namespace ArmTwitch.Editing.Reports;

/// <summary>One file of an article: its state, its figures and all that was found in it.</summary>
/// <param name="Today">The day that decides what is overdue.</param>
/// <param name="Grade">The reading grade of the newest text; null when it cannot be read or has no sentence.</param>
/// <param name="Faults">Errors and warnings, in the order of their lines.</param>
public sealed record ArticleReport(
    ArticleFileStatus File, DateOnly Today, double? Grade, int Words, int Citations, IReadOnlyList<ContentDiagnostic> Faults)
{
    /// <summary>How long before a review is due it is told.</summary>
    public const int DaysOfNotice = 30;

    /// <summary>The title, or the name of the file where none can be read.</summary>
    public string Title => File.Title.Length > 0 ? File.Title : File.Readable?.Title ?? File.File;

    public int Errors => Faults.Count(fault => fault.Level is DiagnosticSeverity.Error);

    public int Warnings => Faults.Count - Errors;

    /// <summary>The day on which what readers see has to be reviewed; null while they see nothing that is reviewed.</summary>
    public DateOnly? NextReviewOn => File.Shown is { WithdrawnOn: null } shown ? shown.NextReviewOn : null;

    /// <summary>The day that a newer text names which readers do not see yet; null when there is none, or it names the same.</summary>
    public DateOnly? NextReviewInNewText =>
        File.Readable is { WithdrawnOn: null, NextReviewOn: var day } && day != NextReviewOn ? day : null;

    public bool IsOverdue => NextReviewOn < Today;

    /// <summary>Whether the review is due within <see cref="DaysOfNotice"/> days.</summary>
    public bool IsReviewNear => !IsOverdue && NextReviewOn <= Today.AddDays(DaysOfNotice);

    /// <summary>Whether an error keeps it from readers, or is in front of them. A draft may have errors.</summary>
    public bool NeedsMending => File.State is PublicationState.HeldBack || (Errors > 0 && File.State is not PublicationState.Draft);

    /// <summary>The place in a list that begins with what needs somebody first.</summary>
    public int Rank =>
        File.State is PublicationState.HeldBack ? 0
        : NeedsMending ? 1
        : IsOverdue ? 2
        : IsReviewNear ? 3
        : File.State is PublicationState.Draft ? 4
        : File.State is PublicationState.Scheduled ? 5
        : Warnings > 0 ? 6
        : 7;
}
