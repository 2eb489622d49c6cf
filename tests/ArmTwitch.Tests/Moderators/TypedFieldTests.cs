namespace ArmTwitch.Tests.Moderators;

/// <summary>
/// A field of a screen that answers while somebody types has to be bound: the answer to an older letter must not write over newer ones.
/// </summary>
public sealed class TypedFieldTests
{
    [Fact]
    public void No_field_hears_of_letters_without_being_bound()
    {
        var unbound = from file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src"), "*.razor", SearchOption.AllDirectories)
                      where File.ReadAllText(file).Contains("@oninput=", StringComparison.Ordinal)
                      select Path.GetFileName(file);

        Assert.Empty(unbound);
    }
}
