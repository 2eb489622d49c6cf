using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.Emergency;

/// <summary>Whose numbers a page shows: those of the country in the address, or else of several places, each with its name.</summary>
/// <param name="Shown">The places whose numbers stand on the urgency cards; one when it was chosen.</param>
/// <param name="Chosen">The country that was named; null when none was, or one without numbers here.</param>
public sealed record EmergencyNumbersChoice(
    IReadOnlyList<EmergencyNumbers> Shown, IReadOnlyList<EmergencyNumbers> All, EmergencyNumbers? Chosen = null)
{
    /// <summary>The name of the country's code in the query string.</summary>
    public const string Field = "country";

    /// <param name="query">Of an address, which names the country in <see cref="Field"/>.</param>
    public static EmergencyNumbersChoice Of(ContentSnapshot content, IQueryCollection query) => Of(content, query[Field].ToString());

    /// <param name="country">The code of the country (ISO 3166-1 alpha-2), or "UK"; null for none.</param>
    public static EmergencyNumbersChoice Of(ContentSnapshot content, string? country)
    {
        var asked = country?.Trim();
        var code = string.Equals(asked, "UK", StringComparison.OrdinalIgnoreCase) ? "GB" : asked;
        return content.Numbers.FirstOrDefault(place => string.Equals(place.Code, code, StringComparison.OrdinalIgnoreCase)) is { } chosen
            ? new([chosen], content.Numbers, chosen)
            : new(content.DefaultNumbers, content.Numbers);
    }
}
