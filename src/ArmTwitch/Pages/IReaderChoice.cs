namespace ArmTwitch.Pages;

/// <summary>
/// What a reader has chosen for every page, such as a country. It stands in the address and nowhere else, and every own link of a page
/// carries it on. A feature that knows what can be chosen provides it.
/// </summary>
public interface IReaderChoice
{
    /// <returns>The choice as a field of a query string, in its one spelling, such as "country=AU"; null for none, or one that is unknown.</returns>
    string? Find(IQueryCollection query);
}
