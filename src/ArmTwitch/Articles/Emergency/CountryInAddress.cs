using ArmTwitch.Pages;

namespace ArmTwitch.Articles.Emergency;

/// <summary>The country that a reader has chosen, for pages that only carry it on.</summary>
internal sealed class CountryInAddress(ArticleLibrary library) : IReaderChoice
{
    public string? Find(IQueryCollection query) =>
        EmergencyNumbersChoice.Of(library.Current, query).Chosen is { } place
            ? $"{EmergencyNumbersChoice.Field}={Uri.EscapeDataString(place.Code)}"
            : null;
}
