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

    /// <summary>The article that most readers come for; the home page opens with its answer.</summary>
    [Required(AllowEmptyStrings = false)]
    public string StartHere { get; init; } = "arm-muscle-twitching";

    /// <summary>The article that tells when to get help; every page leads to it.</summary>
    [Required(AllowEmptyStrings = false)]
    public string GetHelp { get; init; } = "when-to-get-help";

    /// <summary>
    /// Whether an error of the rules of writing keeps a file, or its new version, from readers. False is for made-up content alone.
    /// </summary>
    public bool CheckRules { get; init; } = true;

    /// <summary>
    /// How often to look for changes, in seconds, where the file system sends no events (some container mounts and network
    /// shares). 0 trusts the events, and looks once a minute all the same.
    /// </summary>
    [Range(0, 3600)]
    public double PollSeconds { get; init; }
}

/// <summary>Without a content folder there is nothing to serve. One that goes away later leaves the last version served.</summary>
internal sealed class ContentFolderValidator : IValidateOptions<ContentOptions>
{
    public ValidateOptionsResult Validate(string? name, ContentOptions options) =>
        options.Path.Length is 0 || ContentFolderResolver.HasArticles(ContentFolderResolver.Find(options.Path))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(ContentFolderResolver.Fault(options.Path));
}
