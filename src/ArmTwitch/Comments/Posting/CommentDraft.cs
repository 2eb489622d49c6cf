using System.Net.Mail;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Comments.Posting;

/// <summary>What a reader typed, unchanged, and what is wrong with it.</summary>
public sealed record CommentDraft
{
    public static readonly CommentDraft Empty = new();

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>The honeypot: a field that people do not see and programs fill in.</summary>
    public string Honeypot { get; init; } = "";

    /// <summary>The comment that it answers; null when it answers none.</summary>
    public Guid? Parent { get; init; }

    /// <summary>Whether the reader wants to send it although it seems to hold personal data.</summary>
    public bool Keep { get; init; }

    public FormErrors Errors { get; init; } = FormErrors.None;

    /// <summary>What looks like personal data in the text.</summary>
    public IReadOnlyList<PersonalDataMatch> Private { get; init; } = [];

    public static CommentDraft Read(PostedForm form) => new()
    {
        Name = form["name"],
        Email = form["email"],
        Body = form["body"],
        Honeypot = form["website"],
        Parent = Guid.TryParse(form["parent"], out var parent) ? parent : null,
        Keep = form["keep"].Length > 0,
    };

    public CommentDraft With(string message, string field = "") => this with { Errors = Errors.With(field, message) };

    /// <summary>The draft as it would be stored: without hidden characters, and without markup in the name.</summary>
    public CommentDraft Cleaned() =>
        this with { Name = CommentTextCleaner.CleanName(Name), Email = Email.Trim(), Body = CommentTextCleaner.CleanWithinLimit(Body) };

    /// <summary>The draft, unchanged, with all its errors.</summary>
    /// <param name="cleaned">From <see cref="Cleaned"/>.</param>
    public CommentDraft Check(CommentDraft cleaned)
    {
        var (name, email, text) = (cleaned.Name, cleaned.Email, CommentTextCleaner.Clean(cleaned.Body));
        var draft = this with { Errors = FormErrors.None };
        if (name.Length is 0)
            draft = draft.With("Enter a name. It need not be your own.", "name");
        else if (name.Length > Comment.MaxNameLength)
            draft = draft.With($"Shorten the name to {Comment.MaxNameLength} characters.", "name");
        if (email.Length > 0 && !IsEmail(email))
            draft = draft.With("Enter an e-mail address like name@example.com, or leave the field empty.", "email");
        if (text.Length is 0)
            draft = draft.With("Write your comment.", "body");
        else if (text.Length > Comment.MaxTextLength)
            draft = draft.With($"Shorten the comment to {Comment.MaxTextLength:N0} characters. It has {text.Length:N0}.", "body");
        if (Keep || draft.Errors.Of("body") is not null || PersonalDataDetector.Find(text) is not { Count: > 0 } found)
            return draft;
        draft = draft.With(PersonalDataDetector.WarningFor(found), "body");
        return draft with { Private = found };
    }

    private static bool IsEmail(string text) =>
        text.Length <= Comment.MaxEmailLength && HiddenCharacters.Remove(text) == text && MailAddress.TryCreate(text, out var address)
        && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
