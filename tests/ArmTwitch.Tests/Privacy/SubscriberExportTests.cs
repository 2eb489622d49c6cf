using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Privacy;

/// <summary>What a subscriber downloads about themselves.</summary>
public sealed class SubscriberExportTests : IDisposable
{
    /// <summary>Left out on purpose: hashes of secrets, numbers of rows, and a second spelling of the address.</summary>
    private static readonly string[] Withheld =
    [
        "ConsentRecord.Address", "ConsentRecord.Id", "ConsentRecord.SubscriberId", "Subscriber.CodeHash", "Subscriber.CodeMadeAt",
        "Subscriber.Id", "Subscriber.Key", "Subscriber.Recent", "Subscriber.UnsubscribeHash",
    ];

    private readonly TestSite site = new();

    [Fact]
    public void A_subscribers_export_names_every_property_that_is_not_withheld_on_purpose()
    {
        var now = site.Clock.GetUtcNow();
        var export = JsonDocument.Parse(ManageEndpoints.Export(new SubscriberDetails(
            new Subscriber { Email = "ada@example.org", Key = "ada@example.org", CreatedAt = now, AskedAt = now, UnsubscribeHash = [] },
            [new() { SubscriberId = Guid.Empty, Address = [], Kind = ConsentKind.Given, Method = ConsentMethod.Link, At = now }], now)));
        using var db = site.Database();

        var missing = Missing<Subscriber>(db, export.RootElement)
            .Concat(Missing<ConsentRecord>(db, export.RootElement.GetProperty("consent")[0]));

        Assert.Equal(Withheld, missing.Order(StringComparer.Ordinal));
    }

    public void Dispose() => site.Dispose();

    private static IEnumerable<string> Missing<T>(ArmTwitchDb db, JsonElement json) => db.Model.FindEntityType(typeof(T))!.GetProperties()
        .Where(property => !json.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out _))
        .Select(property => $"{typeof(T).Name}.{property.Name}");
}
