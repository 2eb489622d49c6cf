namespace ArmTwitch.Articles.Emergency;

/// <summary>A number, and whom it reaches.</summary>
/// <param name="Whom">Such as "for an ambulance", or where several places are shown "Samaritans, UK".</param>
/// <param name="IsEmergency">Whether it is the emergency number.</param>
public sealed record PhoneCall(string Number, string Whom, bool IsEmergency = false)
{
    /// <summary>What a phone calls (RFC 3966).</summary>
    public string Address => AddressOf(Number);

    /// <summary>The link that calls a number. A # would begin a fragment, so it is escaped.</summary>
    public static string AddressOf(string number) =>
        "tel:" + string.Concat(number.Where(sign => char.IsAsciiDigit(sign) || sign is '#' or '*' or '+'))
            .Replace("#", "%23", StringComparison.Ordinal);

    public static IEnumerable<PhoneCall> Emergency(IReadOnlyList<EmergencyNumbers> places) =>
        Of(places, place => place.Emergency, _ => null, "for an ambulance", null).Select(call => call with { IsEmergency = true });

    /// <summary>The emergency numbers; where a country was chosen its other numbers too.</summary>
    public static IReadOnlyList<PhoneCall> All(EmergencyNumbersChoice numbers) => numbers.Chosen is null
        ? [.. Emergency(numbers.Shown)]
        : [.. Emergency(numbers.Shown), .. Advice(numbers.Shown), .. Listening(numbers.Shown)];

    /// <summary>For medical advice that is not an emergency.</summary>
    public static IEnumerable<PhoneCall> Advice(IReadOnlyList<EmergencyNumbers> places) =>
        Of(places, place => place.Advice, place => place.AdviceName, "for medical advice", "medical advice");

    /// <summary>For somebody who thinks of ending their life.</summary>
    public static IEnumerable<PhoneCall> Listening(IReadOnlyList<EmergencyNumbers> places) =>
        Of(places, place => place.Listening, place => place.ListeningName, "to talk to someone", "crisis line");

    /// <summary>For somebody who is about to harm themselves.</summary>
    public static IReadOnlyList<PhoneCall> Crisis(IReadOnlyList<EmergencyNumbers> places) => [.. Emergency(places), .. Listening(places)];

    /// <param name="serviceOf">The name of the service at the number; null where the number says it all.</param>
    /// <param name="alone">What the number of one place reaches, when it has no name.</param>
    /// <param name="among">The same before the names of places; null where these say it all.</param>
    private static IEnumerable<PhoneCall> Of(
        IReadOnlyList<EmergencyNumbers> places, Func<EmergencyNumbers, string?> numberOf, Func<EmergencyNumbers, string?> serviceOf,
        string alone, string? among) =>
        from place in places
        where numberOf(place) is not null
        group place by (Number: numberOf(place)!, Service: serviceOf(place)) into same
        let names = string.Join(", ", same.Select(place => place.ShortName))
        let service = same.Key.Service ?? (places.Count is 1 ? alone : among)
        select new PhoneCall(
            same.Key.Number, places.Count is 1 ? service : service is null ? names : $"{service}, {names}");
}
