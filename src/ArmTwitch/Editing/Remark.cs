using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>What a rule says about one place of one file.</summary>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Right">What to do, in one sentence.</param>
internal sealed record Remark(Position At, FaultLevel Level, string What, string Right)
{
    public static Remark Error(Position at, string what, string right) => new(at, FaultLevel.Error, what, right);

    public static Remark Warning(Position at, string what, string right) => new(at, FaultLevel.Warning, what, right);
}

/// <summary>One rule of how we write.</summary>
/// <param name="Id">As it stands in the output and in the table of <c>docs/writing-articles.md</c>.</param>
internal record Rule(string Id, Func<ArticleDraft, IEnumerable<Remark>> Check);

/// <summary>A rule that holds for pages such as /about too, which cite nothing and may speak of percentages.</summary>
internal sealed record SharedRule(string Id, Func<Draft, IEnumerable<Remark>> CheckAny) : Rule(Id, CheckAny);
