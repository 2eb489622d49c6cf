using System.Globalization;
using System.Text.Json.Nodes;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Corrections;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Feeds;

/// <summary>Structured data of schema.org for articles and corrections. It holds nothing that a reader does not see on the page.</summary>
internal sealed class StructuredData(Site site, ArticleLibrary library, SiteNavigation navigation)
{
    /// <summary>The page part for the head of an article's page.</summary>
    public RenderFragment Render(Article article) => Script(Of(article));

    /// <summary>The page part for the head of the page on corrections; empty while there are none.</summary>
    public RenderFragment RenderCorrections() =>
        Correction.AllOf(library.Current) is { Count: > 0 } corrections ? Script(Of(corrections)) : _ => { };

    /// <summary>The list of corrected articles, the last corrected one first.</summary>
    public JsonObject Of(IReadOnlyList<Correction> corrections) => new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "ItemList",
        ["@id"] = site.Absolute("/corrections#so-far"),
        ["url"] = site.Absolute("/corrections"),
        ["itemListElement"] = new JsonArray(
            [.. corrections.GroupBy(correction => correction.Article).Select((corrected, index) => new JsonObject
            {
                ["@type"] = "ListItem",
                ["position"] = index + 1,
                ["item"] = new JsonObject
                {
                    ["@type"] = "MedicalWebPage",
                    ["@id"] = site.Absolute(corrected.Key.Address),
                    ["url"] = site.Absolute(corrected.Key.Address),
                    ["name"] = corrected.Key.Title,
                    ["correction"] = new JsonArray([.. corrected.Select(correction => Comment(correction.On, correction.What))]),
                },
            })]),
    };

    public JsonObject Of(Article article)
    {
        var page = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "MedicalWebPage",
            ["@id"] = site.Absolute(article.Address),
            ["url"] = site.Absolute(article.Address),
            ["name"] = article.Title,
            ["description"] = article.Summary,
            ["inLanguage"] = "en",
            ["datePublished"] = Day(article.PublishedOn),
            ["dateModified"] = Day(article.ChangedOn),
            ["lastReviewed"] = Day(article.LastReviewedOn),
            ["image"] = site.Absolute($"{article.Address}/picture.png"),
            ["author"] = new JsonObject
            {
                ["@type"] = "Person",
                ["name"] = article.Author.Name,
                ["jobTitle"] = article.Author.Role,
                ["url"] = site.Absolute(article.Author.Address)
            },
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = site.Name, ["url"] = site.Absolute("/") },
            ["breadcrumb"] = Breadcrumb(article),
        };
        if (article.ReviewedBy is { } reviewer)
            page["reviewedBy"] = new JsonObject { ["@type"] = "Person", ["name"] = reviewer.Name, ["jobTitle"] = reviewer.Role };
        if (Symptom(article) is { } symptom)
            page["about"] = About(symptom);
        if (article.Changes.Where(change => change.Advice).ToList() is { Count: > 0 } corrections)
            page["correction"] = new JsonArray([.. corrections.Select(change => Comment(change.On, change.What))]);
        if (Cited(article) is { Count: > 0 } works)
            page["citation"] = new JsonArray([.. works.Select(source => JsonValue.Create(source.Address!.AbsoluteUri))]);
        return page;
    }

    /// <summary>The article on the symptom: this one when it has medical codes, else the one that most readers come for.</summary>
    private Article? Symptom(Article article) => article.Codes != MedicalCodes.None ? article : navigation.Start(library.Current);

    private static JsonObject About(Article article)
    {
        var codes = new[] { ("ICD-10", article.Codes.Icd10), ("MeSH", article.Codes.Mesh) }
            .Where(code => code.Item2 is not null)
            .Select(code => new JsonObject { ["@type"] = "MedicalCode", ["codingSystem"] = code.Item1, ["codeValue"] = code.Item2 });
        return new JsonObject
        {
            ["@type"] = "MedicalSymptom",
            ["name"] = article.Title.Split(':')[0],
            ["code"] = new JsonArray([.. codes]),
        };
    }

    private static RenderFragment Script(JsonObject data) =>
        TrustedHtml.Raw($"<script type=\"application/ld+json\">{data.ToJsonString()}</script>");

    private static JsonObject Comment(DateOnly on, string what) =>
        new() { ["@type"] = "CorrectionComment", ["text"] = what, ["datePublished"] = Day(on) };

    private JsonObject Breadcrumb(Article article)
    {
        var steps = new List<(string Name, string Address)> { ("Home", "/") };
        if (article.Topics.Count > 0)
            steps.Add((article.Topics[0].Title, article.Topics[0].Address));
        steps.Add((article.Title, article.Address));
        return new JsonObject
        {
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = new JsonArray([.. steps.Select((step, index) => new JsonObject
            {
                ["@type"] = "ListItem",
                ["position"] = index + 1,
                ["name"] = step.Name,
                ["item"] = site.Absolute(step.Address),
            })]),
        };
    }

    /// <summary>Sources that a machine can find by their address; people read of all of them in the list of references.</summary>
    private static List<Source> Cited(Article article) =>
        [.. article.References.SelectMany(reference => reference.Fact.Sources).Where(source => source.Address is not null)
            .DistinctBy(source => source.Id)];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
