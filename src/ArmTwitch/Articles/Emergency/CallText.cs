namespace ArmTwitch.Articles.Emergency;

/// <summary>A piece of a sentence on whom to call: words, or a number that can be tapped.</summary>
/// <param name="Text">The words, or the number.</param>
/// <param name="IsNumber">Whether it is a number.</param>
/// <param name="Reaches">What a reader who only hears the link is told behind it, such as "for an ambulance"; null for nothing.</param>
/// <param name="Places">Where the number works, when several numbers stand together; null otherwise.</param>
public sealed record CallPart(string Text, bool IsNumber = false, string? Reaches = null, string? Places = null);

/// <summary>Sentences on whom to call, with the numbers of the places that a page shows.</summary>
public static class CallText
{
    /// <summary>What is said in place of a number that nobody knows.</summary>
    private const string AnyEmergency = "your emergency number";

    /// <summary>The emergency numbers: "999" for one place, "999 (UK), 112 (Europe) or 911 (US, Canada)" for several.</summary>
    public static IReadOnlyList<CallPart> Emergency(IReadOnlyList<EmergencyNumbers> places) => places switch
    {
        [] => [new(AnyEmergency)],
        [var place] => [new(place.Emergency, IsNumber: true, "for an ambulance")],
        _ => Joined(
            [.. places.GroupBy(place => place.Emergency, StringComparer.Ordinal).Select(same =>
                new CallPart(same.Key, IsNumber: true, Places: string.Join(", ", same.Select(place => place.ShortName))))], " or "),
    };

    /// <summary>Where to get medical advice on the same day, up to "today if:".</summary>
    public static IReadOnlyList<CallPart> Advice(IReadOnlyList<EmergencyNumbers> places) => places switch
    {
        [{ Advice: { } number }] => [new("Call "), Advice(number), new(" or your GP")],
        [{ AdviceName: { } name }] => [new($"Call your GP or {name}")],
        [] or [_] => [new("Call a doctor")],
        _ when places.Any(place => place.Advice is not null) =>
        [
            new("Call a doctor or advice line ("),
            .. places.Where(place => place.Advice is not null)
                .SelectMany((place, index) => new[]
                {
                    new CallPart(index > 0 ? ", " : ""), Advice(place.Advice!), new CallPart($" in {place.ShortNameInText}"),
                }),
            new(")"),
        ],
        _ => [new("Call a doctor or your advice line")],
    };

    /// <summary>"We know no listening line for Ireland."; null where one of the places has such a line.</summary>
    public static string? NoListening(IReadOnlyList<EmergencyNumbers> places) =>
        places is [{ Listening: null } place] ? $"We know no listening line for {place.NameInText}." : null;

    /// <summary>
    /// Beside buttons for advice in some places only: "Outside the UK: choose your country below, or call your doctor."; null where no
    /// such button stands, or a country was chosen.
    /// </summary>
    public static string? AdviceElsewhere(EmergencyNumbersChoice numbers)
    {
        var advised = numbers.Shown.Where(place => place.Advice is not null).Select(place => place.ShortNameInText).ToList();
        return numbers.Chosen is null && advised.Count > 0
            ? $"Outside {string.Join(" and ", advised)}: choose your country below, or call your doctor."
            : null;
    }

    /// <summary>"Someone to talk to: 116 123 (Samaritans, UK), 988 (US, Canada)."; of one place "116 123 (Samaritans)".</summary>
    public static IReadOnlyList<CallPart> Listening(IReadOnlyList<EmergencyNumbers> places) => NoListening(places) is { } missing
        ? [new(missing)]
        :
        [
            new("Someone to talk to: "),
            .. Joined([
                .. places.Where(place => place.Listening is not null).GroupBy(place => (place.Listening, place.ListeningName)).Select(same =>
                    new CallPart(
                        same.Key.Listening!, IsNumber: true,
                        Places: places.Count is 1 ? same.Key.ListeningName ?? "crisis line" : ListeningPlaces(same.Key.ListeningName, same)))
            ], ", "),
            new("."),
        ];

    /// <summary>A card's heading as a sentence of its own, "Call 999 now."; empty when it says nothing without its list.</summary>
    public static IReadOnlyList<CallPart> WithoutCondition(IReadOnlyList<CallPart> heading)
    {
        const string condition = " if:";
        return heading is [.., { } last] && last.Text.EndsWith(condition, StringComparison.Ordinal)
            ? [.. heading.SkipLast(1), last with { Text = last.Text[..^condition.Length] + "." }]
            : [];
    }

    /// <summary>The sentence without its links.</summary>
    public static string Plain(IEnumerable<CallPart> parts) =>
        string.Concat(parts.Select(part => part.Places is null ? part.Text : $"{part.Text} ({part.Places})"));

    private static string ListeningPlaces(string? service, IEnumerable<EmergencyNumbers> places)
    {
        var names = string.Join(", ", places.Select(place => place.ShortName));
        return service is null ? names : $"{service}, {names}";
    }

    private static CallPart Advice(string number) => new(number, IsNumber: true, "for medical advice");

    private static IReadOnlyList<CallPart> Joined(IReadOnlyList<CallPart> parts, string last) =>
    [
        .. parts.SelectMany((part, index) => index is 0
            ? new[] { part }
            : [new CallPart(index == parts.Count - 1 ? last : ", "), part]),
    ];
}
