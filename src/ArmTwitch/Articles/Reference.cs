namespace ArmTwitch.Articles;

/// <summary>A fact as one article cites it.</summary>
/// <param name="Number">Counted from 1 in the order of first mention.</param>
/// <param name="Mentions">How often the article cites it.</param>
public sealed record Reference(int Number, Fact Fact, int Mentions);
