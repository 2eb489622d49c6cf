namespace ArmTwitch.Comments.Spam;

/// <summary>A comment of which it is known whether it is advertising.</summary>
public sealed record TrainingExample(string Author, string Text, bool IsSpam);
