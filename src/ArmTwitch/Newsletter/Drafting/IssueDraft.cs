using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data.UnicodeForms;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>What an editor writes on the screen. Two drafts with the same words are equal.</summary>
/// <param name="Introduction">Markdown.</param>
/// <param name="Articles">The articles, as <see cref="IssueArticleEntry.Write"/> has it.</param>
public sealed record IssueDraft(string Subject, string Preheader, string Introduction, string Articles)
{
    /// <summary>About 1,500 words: longer ones belong in an article.</summary>
    public const int MaxIntroductionLength = 10_000;

    public const int MostArticles = 30;

    public static readonly IssueDraft Empty = new("", "", "", "");

    public IReadOnlyList<IssueArticleEntry> Entries => [.. IssueArticleEntry.Read(Articles)];

    public IssueDraft With(IEnumerable<IssueArticleEntry> entries) => this with { Articles = IssueArticleEntry.Write(entries) };

    /// <summary>
    /// Cuts what no field takes, so that the row and the head of a mail can hold it. Lines lose characters that nobody sees: one that turns
    /// the direction of writing would turn the words behind the subject, too.
    /// </summary>
    public IssueDraft Fit() => new(
        Beginning.Of(HiddenCharacters.Remove(Subject.ReplaceLineEndings(" ")), IssueFile.MaxSubjectLength),
        Beginning.Of(HiddenCharacters.Remove(Preheader.ReplaceLineEndings(" ")), IssueFile.MaxPreheaderLength),
        Beginning.Of(StorableText.Of(Introduction), MaxIntroductionLength),
        IssueArticleEntry.Write(Entries.DistinctBy(one => one.Slug).Take(MostArticles).Select(
            one => one with { Note = Beginning.Of(HiddenCharacters.Remove(one.Note), IssueArticleEntry.MaxNoteLength) })));

    /// <summary>The first version of an issue that has these words.</summary>
    /// <param name="by">Who has begun it; null for a digest.</param>
    /// <param name="digestAfter"><inheritdoc cref="Issue.DigestAfter" path="/summary"/></param>
    internal Issue Begin(Slug slug, DateTimeOffset now, Guid? by = null, Guid? digestAfter = null) => new()
    {
        Slug = slug,
        Subject = Subject,
        Preheader = Preheader,
        Source = Introduction,
        Articles = Articles,
        Version = 1,
        EditedBy = by,
        EditedAt = by is null ? null : now,
        DigestAfter = digestAfter,
        CreatedAt = now,
    };

    /// <summary>Moves an article up or down.</summary>
    /// <param name="by">-1 is up.</param>
    public IssueDraft Move(Slug article, int by)
    {
        var entries = Entries.ToList();
        var from = entries.FindIndex(one => one.Slug == article);
        var to = from + by;
        if (from < 0 || to < 0 || to >= entries.Count)
            return this;
        var moved = entries[from];
        entries.RemoveAt(from);
        entries.Insert(to, moved);
        return With(entries);
    }

    /// <summary>Puts two changes of the same draft together, field by field.</summary>
    /// <param name="from">What both began with.</param>
    public static IssueDraftMerge Merge(IssueDraft from, IssueDraft mine, IssueDraft theirs) => new(from, mine, theirs);

    /// <summary>The fields that differ from those of another draft, such as "the introduction".</summary>
    public IReadOnlyList<string> FieldsUnlike(IssueDraft other) =>
    [
        .. new[]
        {
            ("the subject line", Subject, other.Subject), ("the preview text", Preheader, other.Preheader),
            ("the introduction", Introduction, other.Introduction), ("the articles", Articles, other.Articles),
        }.Where(field => field.Item2 != field.Item3).Select(field => field.Item1),
    ];

    /// <summary>Makes a draft of three, field by field.</summary>
    internal static IssueDraft Combine(
        IssueDraft first, IssueDraft second, IssueDraft third, Func<string, string, string, string> field) => new(
        field(first.Subject, second.Subject, third.Subject), field(first.Preheader, second.Preheader, third.Preheader),
        field(first.Introduction, second.Introduction, third.Introduction), field(first.Articles, second.Articles, third.Articles));
}

/// <summary>Two changes of one draft, compared field by field with what both began with. A field clashes when both changed it.</summary>
public sealed record IssueDraftMerge(IssueDraft From, IssueDraft Mine, IssueDraft Theirs)
{
    /// <summary>Whether both changed the same field in different ways.</summary>
    public bool HasClash => Basis != Theirs;

    /// <summary>Both changes; of a field that clashes, mine.</summary>
    public IssueDraft KeepingMine => IssueDraft.Combine(From, Mine, Theirs, (from, mine, theirs) => mine == from ? theirs : mine);

    /// <summary>Both changes; of a field that clashes, theirs.</summary>
    public IssueDraft TakingTheirs => IssueDraft.Combine(From, Mine, Theirs, (from, mine, theirs) => theirs == from ? mine : theirs);

    /// <summary>Theirs; of a field that clashes, mine.</summary>
    public IssueDraft Disputed =>
        IssueDraft.Combine(From, Mine, Theirs, (from, mine, theirs) => IsClash(from, mine, theirs) ? mine : theirs);

    /// <summary>What <see cref="KeepingMine"/> is a change of: theirs; of a field that clashes, what both began with.</summary>
    public IssueDraft Basis => IssueDraft.Combine(From, Mine, Theirs, (from, mine, theirs) => IsClash(from, mine, theirs) ? from : theirs);

    private static bool IsClash(string from, string mine, string theirs) => mine != from && theirs != from && mine != theirs;
}
