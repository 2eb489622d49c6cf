namespace ArmTwitch.Comments;

public sealed record PersonalDataFound(string Label, int Start, int Length);

public static class PersonalData
{
    public static IReadOnlyList<PersonalDataFound> FindIn(string text) => [];
}
