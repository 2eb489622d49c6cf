using System.Text;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.MarkdownDialect.Citations;

namespace ArmTwitch.Articles.Parsing;

/// <summary>One article as its file says it; the names in it are not looked up yet.</summary>
internal sealed class ArticleFile
{
    /// <summary>Where files of this kind stand below the content folder.</summary>
    public const string Folder = "articles";

    private readonly byte[] utf8;
    private readonly List<(RelatedArticle Other, TextPosition At)> related = [];
    private IReadOnlyList<(string Text, TextPosition At)> topics = [];
    private IReadOnlyList<(string Text, TextPosition At)> author = [];

    private ArticleFile(string name, string source) => (Name, utf8) = (name, Encoding.UTF8.GetBytes(source));

    /// <summary>The path below the content folder.</summary>
    public string Name { get; }

    public Slug Slug { get; private set; }

    public IReadOnlyList<Slug> Aliases { get; private set; } = [];

    /// <summary>Where the old addresses stand.</summary>
    public TextPosition AliasesAt { get; private set; } = TextPosition.Start;

    /// <summary>The other articles that the front matter names.</summary>
    public IReadOnlyList<(RelatedArticle Other, TextPosition At)> Related => related;

    public MarkdownOutline Outline { get; private set; } = MarkdownOutline.Unread;

    /// <summary>Whether its front matter says that it is not finished.</summary>
    public bool IsDraft { get; private set; }

    public DateOnly PublishedOn { get; private set; }

    private ArticleKind Kind { get; set; }

    /// <summary>Empty when it cannot be read.</summary>
    public string Title { get; private set; } = "";

    private string Summary { get; set; } = "";

    private string? Purpose { get; set; }

    private DateOnly LastReviewedOn { get; set; }

    private DateOnly NextReviewOn { get; set; }

    private DateOnly? WithdrawnOn { get; set; }

    private Reviewer? ReviewedBy { get; set; }

    private IReadOnlyList<string> Synonyms { get; set; } = [];

    private MedicalCodes Codes { get; set; } = MedicalCodes.None;

    private IReadOnlyList<ChangeLogEntry> Changes { get; set; } = [];

    /// <summary>Reads the file without looking at other files.</summary>
    /// <param name="name">The path below the content folder; its last part is the article's address.</param>
    /// <param name="diagnostics">
    /// Takes every fault that the file shows by itself; with one already in it, nothing but the name is read.
    /// </param>
    /// <param name="shared">Of the files that are read together; null for one that is read alone.</param>
    public static ArticleFile Read(string name, string source, DiagnosticCollector diagnostics, SharedStrings? shared = null)
    {
        var file = new ArticleFile(name, source);
        var slug = Path.GetFileNameWithoutExtension(name);
        var fits = Slug.TryParse(slug, out var address);
        file.Slug = address;
        if (diagnostics.HasErrors)
            return file;
        if (!fits)
            diagnostics.Add(
                TextPosition.Start, "file-name", $"\"{slug}\" cannot be an address.",
                "Name the file with lower-case words joined by hyphens, at most 80 characters.");

        if (FrontMatter.Of(source, diagnostics) is { } fields)
            file.ReadFields(fields, diagnostics);
        file.Outline = new MarkdownOutlineReader(diagnostics, shared).Read(source);
        return file;
    }

    /// <summary>Looks up every name in the file.</summary>
    /// <param name="diagnostics">Takes what was not found.</param>
    /// <returns>Null when the file has a fault that leaves it out.</returns>
    public Article? Resolve(ContentTables tables, DiagnosticCollector diagnostics)
    {
        var knownTopics = diagnostics.Find(topics, tables.Topics, "topic");
        var knownAuthors = diagnostics.Find(author, tables.Authors, "author");
        CheckCitations(tables, diagnostics);
        if (knownAuthors.Count is 0 || (diagnostics.HasErrors && !(IsDraft && diagnostics.Diagnostics.All(MayWait))))
            return null;
        return new Article
        {
            Slug = Slug,
            Title = Title,
            Summary = Summary,
            Purpose = Purpose,
            Kind = Kind,
            IsDraft = IsDraft,
            Topics = [.. knownTopics.Select(topic => topic.Found)],
            Author = knownAuthors[0].Found,
            PublishedOn = PublishedOn == default && IsDraft ? LastReviewedOn : PublishedOn,
            LastReviewedOn = LastReviewedOn,
            NextReviewOn = NextReviewOn,
            ReviewedBy = ReviewedBy,
            Aliases = Aliases,
            Synonyms = Synonyms,
            Related = [.. related.Select(one => one.Other)],
            Codes = Codes,
            Changes = Changes,
            WithdrawnOn = WithdrawnOn,
            Headings = Outline.Headings,
            Blocks = Outline.Blocks,
            CountReferences = () => References(tables),
            Numbers = tables.DefaultNumbers,
            Utf8 = utf8,
            Signs = Outline.Signs,
            Tables = tables,
        };
    }

    /// <summary>Whether a draft can be looked at all the same: it lacks what is often written last, such as a day.</summary>
    private static bool MayWait(ContentDiagnostic diagnostic) =>
        !diagnostic.Blocks || diagnostic.Rule is "missing" or "review-order" or "change-order";

    private void CheckCitations(ContentTables tables, DiagnosticCollector diagnostics)
    {
        foreach (var mention in Outline.Signs)
        {
            if (!tables.Signs.TryGetValue(mention.Id, out var sign))
                diagnostics.AddUnknown(mention.At, "unknown-sign", $"There is no sign \"{mention.Id}\".", mention.Id, tables.Signs.Keys);
            else if (mention.Card is null || KebabCase.Of(sign.Level) != KebabCase.Of(mention.Card.Value))
                diagnostics.Add(
                    mention.At, "sign-level", $"The sign \"{mention.Id}\" stands on the wrong card.",
                    $"signs.yml has it for :::{KebabCase.Of(sign.Level)}.");
        }

        foreach (var (id, at) in Citations(tables).Where(cited => !tables.Facts.ContainsKey(cited.FactId)))
            diagnostics.AddUnknownFact(at, id, tables.Facts.Keys);
    }

    private IReadOnlyList<Reference> References(ContentTables tables)
    {
        var numbering = new CitationNumbering();
        foreach (var (id, _) in Citations(tables))
        {
            if (tables.Facts.TryGetValue(id, out var fact))
                numbering.Cite(fact);
        }

        return numbering.References;
    }

    /// <summary>What the text cites, with what its signs cite in their places.</summary>
    private IEnumerable<(string FactId, TextPosition At)> Citations(ContentTables tables)
    {
        var read = 0;
        foreach (var mention in Outline.Signs)
        {
            for (; read < mention.CitationsBefore; read++)
                yield return Outline.Citations[read];
            foreach (var fact in tables.Signs.GetValueOrDefault(mention.Id)?.Says.Facts ?? [])
                yield return (fact, mention.At);
        }

        for (; read < Outline.Citations.Count; read++)
            yield return Outline.Citations[read];
    }

    private void ReadFields(YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        IsDraft = fields.IsTrue("draft");
        Title = fields.Text("title", Article.MaxTitleLength) ?? "";
        Summary = fields.Text("summary", Article.MaxSummaryLength) ?? "";
        Purpose = fields.Text("purpose", Article.MaxPurposeLength, required: false);
        Kind = fields.Word<ArticleKind>("kind", required: false) ?? ArticleKind.Condition;
        topics = fields.Texts("topics", required: true);
        if (fields.Text("author") is { } name)
            author = [(name, fields.At("author"))];
        PublishedOn = fields.Day("published", mayBeFarAhead: true) ?? default;
        LastReviewedOn = fields.Day("lastReviewed") ?? default;
        NextReviewOn = fields.Day("nextReview") ?? default;
        if (NextReviewOn != default && NextReviewOn <= LastReviewedOn)
            diagnostics.Add(fields.At("nextReview"), "review-order", "The next review is not after the last one.", "Write a later day.");
        WithdrawnOn = fields.Day("withdrawn", required: false);
        ReviewedBy = ReadReviewer(fields, diagnostics);
        Aliases = [.. diagnostics.ReadSlugs(fields.Texts("aliases"))];
        AliasesAt = fields.At("aliases");
        Synonyms = [.. fields.Texts("synonyms").Select(synonym => synonym.Text)];
        ReadRelated(fields, diagnostics);
        Codes = ReadCodes(fields);
        Changes = ReadChanges(fields, diagnostics);
        fields.ReportUnknownKeys();
    }

    private static Reviewer? ReadReviewer(YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        if (fields.IsFalse("reviewed"))
            return null;
        if (!fields.Has("reviewed"))
        {
            diagnostics.Add(fields.Start, "missing", "\"reviewed\" is missing.", "Write false until a clinician has checked the text.");
            return null;
        }

        if (fields.Mapping("reviewed") is not { } reviewer)
            return null;
        var (name, role, interests) = (reviewer.Text("name"), reviewer.Text("role"), reviewer.Text("interests"));
        reviewer.ReportUnknownKeys();
        return name is null || role is null || interests is null ? null : new Reviewer(name, role, interests);
    }

    private void ReadRelated(YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        foreach (var item in fields.List("related", plainTextIs: "article"))
        {
            var sign = item.OptionalText("sign");
            if (item.Text("article") is { } other)
                related.AddRange(diagnostics.ReadSlugs([(other, item.At("article"))])
                    .Select(slug => (new RelatedArticle(slug, sign), item.At("article"))));
            item.ReportUnknownKeys();
        }
    }

    private static MedicalCodes ReadCodes(YamlMappingReader fields)
    {
        if (fields.Mapping("codes") is not { } codes)
            return MedicalCodes.None;
        var read = new MedicalCodes(codes.OptionalText("icd10"), codes.OptionalText("mesh"));
        codes.ReportUnknownKeys();
        return read;
    }

    private static List<ChangeLogEntry> ReadChanges(YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        var changes = new List<ChangeLogEntry>();
        if (!fields.Has("changes"))
            diagnostics.Add(fields.Start, "missing", "\"changes\" is missing.", "Write what changed and when, newest first.");
        foreach (var item in fields.List("changes"))
        {
            var (advice, hash) = (item.IsTrue("advice"), item.OptionalText("seal"));
            if (item.Day("date") is { } day && item.Text("what") is { } what)
                changes.Add(new ChangeLogEntry(day, what, advice, hash));
            item.ReportUnknownKeys();
        }

        if (!changes.Select(change => change.On).SequenceEqual(changes.Select(change => change.On).OrderDescending()))
            diagnostics.Add(fields.At("changes"), "change-order", "The changes are not in order.", "Write the newest first.");
        return changes;
    }
}
