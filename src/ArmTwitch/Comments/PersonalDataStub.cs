namespace ArmTwitch.Comments;

public sealed record PersonalDataFound(string Label, int Start, int Length);

public static class PersonalData
{
    public static IReadOnlyList<PersonalDataFound> FindIn(string text) => [];
}

public static class CommentText
{
    public static string Clean(string typed) => typed.ReplaceLineEndings("\n").Trim();

    public static string CleanName(string typed) => typed.Trim();
}
