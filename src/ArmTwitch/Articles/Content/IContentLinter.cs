namespace ArmTwitch.Articles.Content;

/// <summary>The rules of writing that decide what readers see. The feature that has the rules implements it.</summary>
public interface IContentLinter
{
    /// <param name="content">All files that could be read, also those that readers do not see yet.</param>
    /// <returns>The errors. A file with one stays as readers saw it last.</returns>
    IReadOnlyList<ContentDiagnostic> FindErrors(ContentSnapshot content);
}
