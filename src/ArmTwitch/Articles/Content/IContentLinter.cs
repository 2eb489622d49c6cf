namespace ArmTwitch.Articles.Content;

/// <summary>The rules of writing, as far as they decide what readers see.</summary>
public interface IContentLinter
{
    /// <param name="content">What could be read, whether readers see it yet or not.</param>
    /// <returns>The errors of each file. A file with one stays as readers saw it last.</returns>
    IReadOnlyList<ContentDiagnostic> FindErrors(ContentSnapshot content);
}
