namespace ArmTwitch.Articles;

/// <summary>The rules of writing, as far as they decide what readers see.</summary>
public interface IWritingRules
{
    /// <param name="content">What could be read, whether readers see it yet or not.</param>
    /// <returns>The errors of each file. A file with one stays as readers saw it last.</returns>
    IReadOnlyList<ContentFault> Errors(ContentSnapshot content);
}
