using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Feedback;

/// <summary>What a reader chose and typed, unchanged, and what is wrong with it.</summary>
/// <param name="Useful"><c>yes</c> or <c>no</c>; anything else is no answer.</param>
public sealed record FeedbackDraft(string Useful = "", string Note = "")
{
    public const string Yes = "yes", No = "no";

    public static readonly FeedbackDraft Empty = new();

    public FormErrors Errors { get; init; } = FormErrors.None;

    public static FeedbackDraft Read(PostedForm form) => new(form["useful"], form["note"]);

    public FeedbackDraft With(string message, string field = "") => this with { Errors = Errors.With(field, message) };

    /// <summary>The draft with all its errors.</summary>
    public FeedbackDraft Check()
    {
        var draft = Useful is Yes or No ? this : With("Choose yes or no.", "useful");
        var length = CommentTextCleaner.Clean(Note).Length;
        return length <= FeedbackAnswer.MaxNoteLength
            ? draft
            : draft.With($"Shorten the note to {FeedbackAnswer.MaxNoteLength:N0} characters. It has {length:N0}.", "note");
    }
}
