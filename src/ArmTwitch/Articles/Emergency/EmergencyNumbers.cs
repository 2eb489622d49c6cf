namespace ArmTwitch.Articles.Emergency;

/// <summary>Whom to call in one place. Numbers are text, so that 000 stays 000.</summary>
/// <param name="Code">ISO 3166-1 alpha-2, or EU for the European Union.</param>
/// <param name="Emergency">The number for an ambulance.</param>
/// <param name="AlsoEmergency">A second number that reaches the same, where there is one.</param>
/// <param name="Advice">The number for medical advice that is not an emergency.</param>
/// <param name="Listening">A number for somebody who thinks of ending their life.</param>
/// <param name="ListeningName">Who answers there.</param>
/// <param name="Note">Where a number does not reach, in plain words.</param>
/// <param name="CheckedOn">The day on which the numbers were last held against an official page.</param>
public sealed record EmergencyNumbers(
    string Code, string Name, string Emergency, string? AlsoEmergency, string? Advice,
    string? Listening, string? ListeningName, string? Note, DateOnly CheckedOn)
{
    /// <summary>The name as it stands in a sentence: "in the United Kingdom", "in Ireland".</summary>
    public string NameInText =>
        Name.StartsWith("United ", StringComparison.Ordinal) || Name.EndsWith(" Union", StringComparison.Ordinal) ? $"the {Name}" : Name;
}
