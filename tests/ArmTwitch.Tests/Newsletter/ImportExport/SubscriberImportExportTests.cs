using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.ImportExport;

public abstract class SubscriberImportExportTests : IDisposable
{
    private const string Agreed = "2025-05-01T10:00:00Z,old-site/signup,2025-01";

    private readonly FailingCommandInterceptor interceptor = new();
    private readonly DatabaseKind database;
    private readonly NewsletterTestSite site;

    protected SubscriberImportExportTests(DatabaseKind database) =>
        (this.database, site) = (database, new NewsletterTestSite(database, interceptor));

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_counts_and_changes_nothing()
    {
        var report = await ImportAsync($"email,consent_at,source,wording\nada@example.org,{Agreed}\nbob@example.org,,,\n", apply: false);

        Assert.Equal((1, 1), (report.Taken[SubscriberState.Confirmed], report.Taken[SubscriberState.Pending]));
        Assert.Empty(await site.AllAsync<Subscriber>());
    }

    [Theory]
    [InlineData(Agreed, SubscriberState.Confirmed)]
    [InlineData(",old-site/signup,2025-01", SubscriberState.Pending)]
    [InlineData("2025-05-01T10:00:00Z,,2025-01", SubscriberState.Pending)]
    [InlineData("2025-05-01T10:00:00Z,old-site/signup,", SubscriberState.Pending)]
    public async Task Only_a_row_with_time_place_and_wording_of_the_consent_is_confirmed(
        string consent, SubscriberState expected)
    {
        await ImportAsync($"email,consent_at,source,wording\nada@example.org,{consent}\n");

        var subscriber = await site.FindAsync("ada@example.org");
        Assert.Equal(expected, subscriber.State);
        Assert.Equal(expected is SubscriberState.Confirmed ? 1 : 0, (await site.AllAsync<ConsentRecord>()).Count);
        Assert.Empty(await site.WorkAsync());
    }

    [Fact]
    public async Task Whoever_has_left_or_is_suppressed_stays_so()
    {
        var left = await site.JoinAsync("left@example.org");
        await site.Site.Get<SubscriptionService>()
            .UnsubscribeAsync(await site.UnsubscribeTokenAsync(left.Id), ConsentMethod.OneClick, cancellationToken: Stop);
        await site.Site.Get<SuppressionList>().AddAsync("gone@example.org", Suppression.All, "test", Stop);
        var stays = await site.JoinAsync("stays@example.org");

        var report = await ImportAsync(
            $"email,consent_at,source,wording\nLeft@example.org,{Agreed}\nGONE@example.org,{Agreed}\nstays@example.org,{Agreed}\n");

        Assert.Equal((2, 1, 0), (report.Suppressed, report.Unchanged, report.Taken.Count));
        Assert.Equal(
            (SubscriberState.Unsubscribed, SubscriberState.Confirmed), (await site.StateAsync(left.Id), await site.StateAsync(stays.Id)));
        Assert.Equal(2, (await site.AllAsync<Subscriber>()).Count);
    }

    [Theory]
    [InlineData("unsubscribed", SubscriberState.Unsubscribed)]
    [InlineData("cleaned", SubscriberState.Bounced)]
    [InlineData("complained", SubscriberState.Complained)]
    public async Task The_row_that_ends_a_subscription_counts_wherever_it_stands(string state, SubscriberState expected)
    {
        var report = await ImportAsync(
            $"email,consent_at,source,wording,state\nzoe@example.org,{Agreed},subscribed\nzoe@example.org,,,,{state}\n"
            + $"ada@example.org,,,,{state}\nada@example.org,{Agreed},active\n");

        Assert.Equal((2, 2), (report.Taken[expected], report.CountOf(SubscriberImportOutcome.Contradicted)));
        Assert.Equal(["zoe@example.org", "ada@example.org"], report.RowsOf(SubscriberImportOutcome.Contradicted).Select(row => row.Email));
        Assert.All(await site.AllAsync<Subscriber>(), one => Assert.Equal(expected, one.State));
    }

    [Theory]
    [InlineData("unsubscribed", SubscriberState.Unsubscribed, ConsentKind.Withdrawn)]
    [InlineData("bounced", SubscriberState.Bounced, ConsentKind.Bounced)]
    [InlineData("complained", SubscriberState.Complained, ConsentKind.Complained)]
    public async Task A_later_file_ends_a_subscription_and_none_brings_it_back(string state, SubscriberState expected, ConsentKind kind)
    {
        var (readers, left) = (
            $"email,consent_at,source,wording\nada@example.org,{Agreed}\nbob@example.org,,,\n",
            $"email,state\nada@example.org,{state}\nbob@example.org,{state}\n");
        await ImportAsync(readers);

        Assert.Equal(2, (await ImportAsync(left)).CountOf(SubscriberImportOutcome.Ended));
        var again = await ImportAsync(readers);

        Assert.Equal(2, again.Suppressed);
        Assert.All(await site.AllAsync<Subscriber>(), one => Assert.Equal((expected, true), (one.State, one.EndedAt is not null)));
        Assert.Equal(
            [(ConsentKind.Given, ConsentMethod.Import), (kind, ConsentMethod.Import)],
            (await site.AllAsync<ConsentRecord>()).OrderBy(record => record.Id).Select(record => (record.Kind, record.Method)));
        Assert.Equal(
            expected is SubscriberState.Complained,
            await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", null, Stop));
    }

    [Fact]
    public async Task Who_asks_anew_and_waits_to_confirm_is_not_ended_by_a_list()
    {
        await site.Site.Get<SubscriberImportExport>().ImportAsync(
            new StringReader("email,state\nada@example.org,pending\n"), apply: true, Stop);
        await using (var db = site.Site.Database())
        {
            await db.Set<Subscriber>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Wording, "2026-11"), Stop);
        }

        Assert.Equal(1, (await ImportAsync("email,state\nada@example.org,unsubscribed\n")).Unchanged);
    }

    [Theory]
    [InlineData("unsubscribed", SubscriberState.Confirmed)]
    [InlineData("cleaned", SubscriberState.Confirmed)]
    [InlineData("complained", SubscriberState.Complained)]
    public async Task Who_confirmed_here_is_ended_by_no_other_list_but_for_a_complaint(string state, SubscriberState expected)
    {
        await ImportAsync($"email,consent_at,source,wording\nada@example.org,{Agreed}\n");
        await using (var db = site.Site.Database())
        {
            await db.Set<ConsentRecord>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Method, ConsentMethod.Link), Stop);
        }

        await ImportAsync($"email,state\nada@example.org,{state}\n");

        Assert.Equal(expected, (await site.AllAsync<Subscriber>()).Single().State);
    }

    [Fact]
    public async Task Who_has_left_is_not_lost_for_a_fault_in_the_columns_of_consent()
    {
        await ImportAsync($"email,consent_at,source,wording\nada@example.org,{Agreed}\n");

        var report = await ImportAsync("email,consent_at,source,wording,state\nada@example.org,03/04/2024,form,w,unsubscribed\n");

        Assert.Equal((1, 0), (report.CountOf(SubscriberImportOutcome.Ended), report.Refused));
        Assert.Equal(SubscriberState.Unsubscribed, (await site.AllAsync<Subscriber>()).Single().State);
    }

    [Fact]
    public async Task A_word_that_is_no_state_is_told_with_its_address_and_the_nearest_one()
    {
        var row = Assert.Single((await ImportAsync("email,state\nada@example.org,subscribd\nbob@example.org,active\n"))
            .RowsOf(SubscriberImportOutcome.Refused));

        Assert.Equal(("ada@example.org", "There is no state \"subscribd\". Did you mean subscribed?"), (row.Email, row.Fault));
    }

    [Fact]
    public async Task A_row_with_a_fault_is_reported_by_its_line_and_the_others_are_imported()
    {
        var report = await ImportAsync($"email,consent_at,source,wording\nnonsense,,,\nada@example.org,soon,x,y\nbob@example.org,2099-01-01,x,y\ncy@example.org,{Agreed}\ncy@example.org,{Agreed}\n");

        Assert.Equal([2, 3, 4], report.Faults.Select(fault => fault.Line));
        Assert.Equal((3, 1, 1), (report.Refused, report.Twice, report.Taken[SubscriberState.Confirmed]));
    }

    [Fact]
    public async Task An_export_can_be_imported_again()
    {
        await ImportAsync($"email,consent_at,source,wording,state\n=ada@example.org,{Agreed},\nbob@example.org,{Agreed},unsubscribed\ncy@example.org,,,,pending\n");
        using var table = new StringWriter();
        await site.Site.Get<SubscriberImportExport>().ExportAsync(table, Stop);
        using var other = new NewsletterTestSite(database);

        await other.Site.Get<SubscriberImportExport>().ImportAsync(new StringReader(table.ToString()), apply: true, Stop);

        using var again = new StringWriter();
        await other.Site.Get<SubscriberImportExport>().ExportAsync(again, Stop);
        Assert.Equal(table.ToString().Split('\n').Order(), again.ToString().Split('\n').Order());
        Assert.Contains("'=ada@example.org", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_table_with_a_broken_quote_is_imported()
    {
        var rows = string.Concat(Enumerable.Range(1, 1200).Select(number => $"reader{number}@example.org,{Agreed}\n"));

        await Assert.ThrowsAsync<FormatException>(() => ImportAsync(
            $"email,consent_at,source,wording\n{rows}ada@example.org,2025-05-01T10:00:00Z,\"old,2025-01\nbob@example.org,{Agreed}\n"));

        Assert.Empty(await site.AllAsync<Subscriber>());
    }

    [Fact]
    public async Task Whoever_left_in_the_other_program_gets_no_mail()
    {
        var report = await ImportAsync(
            $"email,status,tier,consent_at,source,wording\nada@example.org,inactive,free,{Agreed}\nbob@example.org,active,free,{Agreed}\n");

        Assert.Equal((1, 1), (report.Taken[SubscriberState.Unsubscribed], report.Taken[SubscriberState.Confirmed]));
        Assert.True(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
    }

    [Fact]
    public async Task A_table_without_a_column_for_addresses_is_refused() =>
        await Assert.ThrowsAsync<FormatException>(() => ImportAsync("name,phone\nAda,1\n"));

    [Fact]
    public async Task Two_imports_at_once_say_together_what_they_did()
    {
        var first = string.Concat(Enumerable.Range(1, 3_000).Select(number => $"reader{number}@example.org,{Agreed}\n"));
        var second = string.Concat(Enumerable.Range(1, 4_000).Select(number => $"reader{4_001 - number}@example.org,{Agreed}\n"));

        var reports = await Task.WhenAll(
            Task.Run(() => ImportAsync("email,consent_at,source,wording\n" + first), Stop),
            Task.Run(() => ImportAsync("email,consent_at,source,wording\n" + second), Stop));

        Assert.Equal(4_000, (await site.AllAsync<Subscriber>()).Count);
        Assert.Equal(4_000, (await site.AllAsync<ConsentRecord>()).Count);
        Assert.Equal(4_000, reports.Sum(report => report.CountOf(SubscriberImportOutcome.Confirmed)));
        Assert.Equal(3_000, reports.Sum(report => report.Unchanged));
        Assert.Equal([3_000, 4_000], reports.Select(report => report.Count));
    }

    /// <summary>On SQLite the other one waits for the import; on PostgreSQL the rows are compared anew.</summary>
    [Theory]
    [InlineData("email,consent_at,source,wording\nada@example.org,2025-05-01T10:00:00Z,old-site/signup,2025-01\n", SubscriberImportOutcome.Confirmed)]
    [InlineData("email,state\nada@example.org,complained\n", SubscriberImportOutcome.Ended)]
    public async Task Of_who_confirms_while_an_import_compares_the_report_says_what_the_import_did(string table, SubscriberImportOutcome alone)
    {
        var mail = await site.AskAsync("ada@example.org");
        var ada = await site.FindAsync("ada@example.org");
        var other = interceptor.After(
            "FROM \"Subscribers\"", () => Task.Run(async () =>
            {
                using var answer = await site.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)));
                return answer.StatusCode;
            }),
            waits: async met => await Task.Delay(TimeSpan.FromSeconds(2), met));

        var report = await ImportAsync(table);
        await other;

        var given = (await site.AllAsync<ConsentRecord>()).Count(record => record is { Kind: ConsentKind.Given, Method: ConsentMethod.Import });
        Assert.Equal(alone is SubscriberImportOutcome.Confirmed ? report.CountOf(SubscriberImportOutcome.Confirmed) : 0, given);
        Assert.Equal(1, report.CountOf(alone) + report.Unchanged);
        if (alone is SubscriberImportOutcome.Ended)
            Assert.Equal(report.CountOf(SubscriberImportOutcome.Ended) is 1, await site.StateAsync(ada.Id) is SubscriberState.Complained);
    }

    [Fact]
    public async Task Every_row_is_counted_and_some_of_each_outcome_are_kept_to_be_looked_at()
    {
        var rows = string.Concat(Enumerable.Range(1, 1_500).Select(number => $"reader{number}@example.org,{Agreed}\nnonsense,,,\n"));

        var report = await ImportAsync("email,consent_at,source,wording\n" + rows, apply: false);

        Assert.Equal((3_000, 1_500, 1_500), (report.Count, report.Taken[SubscriberState.Confirmed], report.Refused));
        Assert.Equal(
            (1_000, 1_000, 1_000),
            (report.Rows.Count, report.RowsOf(SubscriberImportOutcome.Confirmed).Count, report.Faults.Count()));
        Assert.Equal(Enumerable.Range(2, 1_000), report.Rows.Select(row => row.Line));
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private Task<SubscriberImportReport> ImportAsync(string table, bool apply = true) =>
        site.Site.Get<SubscriberImportExport>().ImportAsync(new StringReader(table), apply, Stop);
}

public sealed class SubscriberImportExportTestsOnSqlite() : SubscriberImportExportTests(DatabaseKind.Sqlite);

public sealed class SubscriberImportExportTestsOnPostgres() : SubscriberImportExportTests(DatabaseKind.Postgres);
