using ArmTwitch.Articles.Content;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Articles.Emergency;

/// <summary>Whose numbers a page shows: those of the country in the address, or else the default ones.</summary>
/// <param name="Shown">The numbers on the urgency cards.</param>
/// <param name="Code">The country that was named; null when none was.</param>
/// <param name="IsUnknown">Whether a country was named that has no numbers here; the page then shows all there are.</param>
public sealed record EmergencyNumbersChoice(
    EmergencyNumbers Shown, IReadOnlyList<EmergencyNumbers> All, string? Code = null, bool IsUnknown = false)
{
    /// <summary>The name of the country's code in the query string.</summary>
    public const string Field = "country";

    /// <param name="named">The value of <see cref="Field"/> in the address.</param>
    public static EmergencyNumbersChoice Of(ContentSnapshot content, StringValues named)
    {
        var home = new EmergencyNumbersChoice(content.HomeNumbers, content.Numbers);
        if (named.Count is 0)
            return home;
        return content.Numbers.FirstOrDefault(
            place => string.Equals(place.Code, named.ToString(), StringComparison.OrdinalIgnoreCase)) is { } place
            ? home with { Shown = place, Code = place.Code }
            : home with { IsUnknown = true };
    }

    /// <summary>The address with the country in it, if one was chosen.</summary>
    public string Keep(string address) =>
        Code is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Field}={Code}";
}
