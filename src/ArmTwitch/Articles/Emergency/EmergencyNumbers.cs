namespace ArmTwitch.Articles.Emergency;

/// <summary>Whom to call in one place. The numbers are text, because they may begin with 0 or hold spaces.</summary>
/// <param name="Code">ISO 3166-1 alpha-2, EU for the European Union, or ISO 3166-2 for a part of a country with numbers of its own.</param>
/// <param name="Emergency">The number for an ambulance.</param>
/// <param name="AlsoEmergency">A second number that reaches the same, where there is one.</param>
/// <param name="Advice">The number for medical advice that is not an emergency.</param>
/// <param name="Listening">A number for somebody who thinks of ending their life.</param>
/// <param name="ListeningName">The name of the service at that number.</param>
/// <param name="Note">Where a number does not work, for example.</param>
/// <param name="CheckedOn">The day on which the numbers were last compared with an official page.</param>
public sealed record EmergencyNumbers(
    string Code, string Name, string Emergency, string? AlsoEmergency, string? Advice,
    string? Listening, string? ListeningName, string? Note, DateOnly CheckedOn)
{
    /// <summary>The name where several places share a line, such as "UK".</summary>
    public string ShortName { get; init; } = Name;

    /// <summary>The name of the service that gives medical advice; without <see cref="Advice"/> it has no number of its own.</summary>
    public string? AdviceName { get; init; }

    /// <summary>Whether <see cref="Listening"/> takes text messages too.</summary>
    public bool ListeningTakesTexts { get; init; }

    /// <summary>The number for advice on poisoning.</summary>
    public string? Poison { get; init; }

    /// <summary>The name with the article it takes in a sentence: "the United Kingdom", "Ireland".</summary>
    public string NameInText => WithArticle(Name);

    /// <summary><see cref="ShortName"/> with the article it takes: "the UK", "Europe".</summary>
    public string ShortNameInText => WithArticle(ShortName);

    private static string WithArticle(string name) =>
        name is "UK" or "US" || name.StartsWith("United ", StringComparison.Ordinal) || name.EndsWith(" Union", StringComparison.Ordinal)
            ? $"the {name}"
            : name;
}
