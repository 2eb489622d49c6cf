using ArmTwitch.Articles.Content;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Articles.Emergency;

/// <summary>Whose numbers a page shows: those of the country in the address, or else of several places, each with its name.</summary>
/// <param name="Shown">The places whose numbers stand on the urgency cards; one when it was chosen.</param>
/// <param name="Chosen">The country that was named; null when none was.</param>
/// <param name="IsUnknown">Whether a country was named that has no numbers here; the page then shows all there are.</param>
public sealed record EmergencyNumbersChoice(
    IReadOnlyList<EmergencyNumbers> Shown, IReadOnlyList<EmergencyNumbers> All, EmergencyNumbers? Chosen = null, bool IsUnknown = false)
{
    /// <summary>The name of the country's code in the query string.</summary>
    public const string Field = "country";

    /// <summary>The code of the country that was named; null when none was.</summary>
    public string? Code => Chosen?.Code;

    /// <param name="named">The value of <see cref="Field"/> in the address.</param>
    public static EmergencyNumbersChoice Of(ContentSnapshot content, StringValues named)
    {
        var anywhere = new EmergencyNumbersChoice(content.DefaultNumbers, content.Numbers);
        if (named.Count is 0)
            return anywhere;
        return content.Numbers.FirstOrDefault(
            place => string.Equals(place.Code, named.ToString(), StringComparison.OrdinalIgnoreCase)) is { } place
            ? anywhere with { Shown = [place], Chosen = place }
            : anywhere with { IsUnknown = true };
    }

    /// <summary>The address with the country in it, if one was chosen.</summary>
    public string Keep(string address) =>
        Code is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Field}={Code}";
}
