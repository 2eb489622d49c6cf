using System.Text.RegularExpressions;

namespace ArmTwitch.Tests.Moderators;

/// <summary>
/// A field of a screen that answers while somebody types has to be bound: the answer to an older letter must not write over newer ones.
/// </summary>
public sealed partial class TypedFieldTests
{
    [Fact]
    public void No_field_hears_of_letters_without_being_bound()
    {
        var unbound = from file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src"), "*.razor", SearchOption.AllDirectories)
                      where File.ReadAllText(file).Contains("@oninput=", StringComparison.Ordinal)
                      select Path.GetFileName(file);

        Assert.Empty(unbound);
    }

    /// <summary>
    /// A browser tells of a change once, when the field is left: what was typed while the line was broken would stay on the screen alone.
    /// </summary>
    [Fact]
    public void Every_field_in_which_a_moderator_writes_is_sent_letter_by_letter()
    {
        var moderation = Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch", "Moderation");
        var late = from file in Directory.EnumerateFiles(moderation, "*.razor", SearchOption.AllDirectories)
                   from field in Field().Matches(File.ReadAllText(file))
                   where field.Value.Contains("@bind=", StringComparison.Ordinal)
                       && !field.Value.Contains("@bind:event=\"oninput\"", StringComparison.Ordinal)
                   select $"{Path.GetFileName(file)}: {field.Value}";

        Assert.Empty(late);
    }

    [GeneratedRegex("<(?:textarea|input)\\b[^>]*>")]
    private static partial Regex Field();
}
