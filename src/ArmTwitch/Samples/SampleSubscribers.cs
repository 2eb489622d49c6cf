using System.Globalization;
using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Samples;

/// <summary>Made-up subscribers at domains that are reserved for examples (RFC 2606), written by the real import.</summary>
internal static class SampleSubscribers
{
    private static readonly string[] Domains = ["example.com", "example.net", "example.org", "mail.example"];

    /// <summary>The states of twenty subscribers.</summary>
    private static readonly string[] States =
        [.. Enumerable.Repeat("confirmed", 15), "pending", "pending", "unsubscribed", "bounced", "complained"];

    public static async Task WriteAsync(
        IDbContextFactory<ArmTwitchDb> database, WriteTransactionFactory writing, int count, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var secretHasher = new SecretKeyHasher(database);
        var suppressions = new SuppressionList(database, writing, secretHasher, TimeProvider.System);
        using var table = new StringReader(Table(count, now));
        await new SubscriberImportExport(database, writing, suppressions, new SubscriberSecrets(secretHasher), TimeProvider.System)
            .ImportAsync(table, apply: true, cancellationToken);
    }

    private static string Table(int count, DateTimeOffset now)
    {
        var table = new StringBuilder("email,state,consent_at,source,wording\n");
        for (var number = 1; number <= count; number++)
        {
            var (state, domain) = (States[number % States.Length], Domains[number % Domains.Length]);
            var consent = state is "pending"
                ? ",,"
                : string.Create(CultureInfo.InvariantCulture, $"{now.AddMinutes(-number):yyyy-MM-ddTHH:mm:ssZ},made up,made up");
            table.Append(CultureInfo.InvariantCulture, $"reader{number}@{domain},{state},{consent}\n");
        }

        return table.ToString();
    }
}
