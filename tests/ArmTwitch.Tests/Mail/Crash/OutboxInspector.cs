using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Mail.Crash;

/// <summary>Services on the database of the sending site: they prepare mailings and read rows, and send nothing.</summary>
public sealed class OutboxInspector : IAsyncDisposable
{
    private const int Paragraphs = 12;

    private readonly WebApplication app;

    /// <param name="settings">Those of the site, as environment variables.</param>
    public OutboxInspector(IEnumerable<(string Name, string Value)> settings)
    {
        // It is a part of the site, and Development would ask for the whole of it.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(settings.Select(
            setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddPages().AddData(builder.Configuration).AddMail().AddArticles();
        app = builder.Build();
    }

    public MailingService Mailings => Get<MailingService>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public ArmTwitchDb Database() => Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContext();

    /// <summary>Makes a mailing of about the size of a newsletter.</summary>
    /// <returns>Its id. It has no recipients yet.</returns>
    public async Task<Guid> MakeAsync(CancellationToken cancellationToken)
    {
        await Get<DatabaseInitializer>().MigrateAsync(cancellationToken);
        const string Words =
            "An arm that twitches for some days after a hard week mostly stops by itself; what helps is sleep, less coffee and patience. ";
        var text = string.Concat(Enumerable.Repeat(string.Concat(Words, "\n\n"), Paragraphs));
        var html = $"<html><body><table>{string.Concat(Enumerable.Repeat($"<tr><td style=\"padding: 8px; color: #222222; font-family: sans-serif\"><p>{Words}</p></td></tr>\n", Paragraphs))}</table>";
        await using var db = Database();
        var mailing = Mailings.Add(db, new MailingDraft(
            "What is new about twitching arms", $"{text}Unsubscribe: {Mailing.UnsubscribePlaceholder}\n",
            $"{html}<p><a href=\"{Mailing.UnsubscribePlaceholder}\">Unsubscribe</a></p></body></html>",
            "ArmTwitch <newsletter.armtwitch.example>"));
        await db.SaveChangesAsync(cancellationToken);
        return mailing.Id;
    }

    public async Task FreezeAsync(Guid mailing, int recipients, CancellationToken cancellationToken) =>
        await Mailings.FreezeAsync(
            mailing,
            Enumerable.Range(1, recipients).Select(number => new MailingRecipient(
                $"reader{number}@example.org", $"https://armtwitch.example/newsletter/unsubscribe?token={number:D43}",
                "https://armtwitch.example/newsletter/manage")).InPages(),
            cancellationToken);

    /// <summary>Every recipient's Message-ID and state.</summary>
    public async Task<IReadOnlyList<(string MessageId, MailState State)>> RowsAsync(Guid mailing, CancellationToken cancellationToken)
    {
        await using var db = Database();
        var rows = await db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing)
            .Select(mail => new { mail.MessageId, mail.State }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.MessageId, row.State))];
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
