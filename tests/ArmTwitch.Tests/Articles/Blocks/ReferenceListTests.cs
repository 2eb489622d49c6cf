using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using Bunit;

namespace ArmTwitch.Tests.Articles.Blocks;

public sealed class ReferenceListTests
{
    [Theory]
    [InlineData("Filippakis et al.", "Filippakis et al. A study.")]
    [InlineData("Reed, Kurland", "Reed, Kurland. A study.")]
    public async Task The_authors_end_with_one_full_stop(string authors, string line)
    {
        await using var bunit = new BunitContext();
        var fact = new Fact(
            "F001", "Muscles twitch.", EvidenceStrength.Well, null,
            [new Source("S1", "A study", authors, "A journal", 2020, null, null, SourceAccess.Read, null)]);

        var list = bunit.Render<ReferenceList>(
            parameters => parameters.Add(component => component.References, [new Reference(1, fact, 1)]));

        Assert.Contains(
            line, string.Join(' ', list.Find(".source").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }
}
