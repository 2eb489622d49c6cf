using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Articles.Content;

/// <summary>Where the articles are and how changes to them are noticed.</summary>
public sealed class ContentOptions
{
    /// <summary>
    /// The content folder. A relative path is looked for in the working directory, then in each folder above it, then beside the
    /// program.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string Path { get; init; } = "content";

    /// <summary>The slug of the article that most readers come for; the home page opens with its answer.</summary>
    [ArticleSlug]
    public string StartHere { get; init; } = "arm-muscle-twitching";

    /// <summary>The slug of the article on when to get help, which lists every sign; every page leads to it.</summary>
    [ArticleSlug]
    public string GetHelp { get; init; } = "when-to-get-help";

    /// <summary>
    /// Whether an error of the rules of writing keeps a file, or its new version, from readers. False is for made-up content.
    /// </summary>
    public bool CheckRules { get; init; } = true;

    /// <summary>
    /// How often to look for changes, in seconds, where the file system sends no events (some container mounts and network
    /// shares). 0 relies on events, and still looks once a minute.
    /// </summary>
    [Range(0, 3600)]
    public double PollSeconds { get; init; }
}

/// <summary>A <see cref="Slug"/>, as it stands in the address of an article.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArticleSlugAttribute()
    : ValidationAttribute("be the last part of an article's address, such as when-to-get-help")
{
    public override bool IsValid(object? value) => Slug.TryParse(value as string, out _);
}

/// <summary>Refuses a start without a content folder. When the folder goes away later, the last version is served on.</summary>
internal sealed class ContentFolderValidator : IValidateOptions<ContentOptions>
{
    public ValidateOptionsResult Validate(string? name, ContentOptions options) =>
        options.Path.Length is 0 || ContentFolderResolver.HasArticles(ContentFolderResolver.Find(options.Path))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(ContentFolderResolver.Fault(options.Path));
}
