using System.Globalization;
using System.Text;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.Interruptions;
using ArmTwitch.Newsletter.ImportScreens;
using Bunit;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

/// <summary>What is told of an import that has not come to its end.</summary>
public sealed class InterruptedImportTests : SubscriberImportScreenTestBase
{
    private static readonly string Table = "email,consent_at,source,wording\n" + string.Concat(Enumerable.Range(0, 1500).Select(
        number => string.Create(CultureInfo.InvariantCulture, $"reader{number}@example.org,2025-05-01T10:00:00Z,old-site,2025-01\n")));

    [Fact]
    public async Task An_import_that_fails_half_way_says_how_far_it_came_and_goes_on_with_the_same_file()
    {
        var page = Choose(Table);
        RefuseSecondBatch();

        await page.Find(".confirm button").ClickAsync(new());

        page.WaitForElement(".errors", Patience);
        Failing.Refuses = null;
        Assert.Equal("The import broke off", page.Find(".errors h2").TextContent);
        Assert.Equal(
            "list.csv: It broke off after 1,000 of 1,500 rows; those are imported. Import the same file again: nothing is done twice.",
            page.Find(".errors p").TextContent);
        Assert.DoesNotContain("Nothing has been changed", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".import-sum"));
        Assert.Equal(1000, (await Site.AllAsync<Subscriber>()).Count);
        Assert.Equal(
            (AuditAction.SubscriberImportBrokeOff, "after 1,000 of 1,500 rows; those are imported"), await LastEntryAsync());
        var reloaded = Context.Render<SubscriberImportScreen>();
        Assert.Contains(
            "It broke off after 1,000 of 1,500 rows; those are imported.", Assert.Single(reloaded.FindAll(".recent-import")).TextContent,
            StringComparison.Ordinal);

        await page.FindAll("button").Single(button => button.TextContent == "Check the same file again").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(
            "1,500 rows: 500 to import, 1,000 are here already.", page.Find(".import-sum").TextContent), Patience);
        await page.Find(".confirm button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("500 imported", page.Find(".import-sum").TextContent, StringComparison.Ordinal), Patience);

        Assert.Empty(page.FindAll(".errors"));
        Assert.Equal(1500, (await Site.AllAsync<Subscriber>()).Count);
        Assert.DoesNotContain("broke off", Context.Render<SubscriberImportScreen>().Markup, StringComparison.Ordinal);
        Assert.Empty(await Site.Site.Get<UnfinishedImportFinder>().ListAsync(Stop));
    }

    [Fact]
    public async Task An_import_whose_end_could_not_be_written_is_named_by_its_beginning_until_the_file_is_imported_as_a_whole()
    {
        RefuseSecondBatch(audit: true);
        await Assert.ThrowsAsync<SubscriberImportBrokenOffException>(ImportAsync);
        Failing.Refuses = null;
        Assert.Equal(AuditAction.SubscriberImportStarted, (await LastEntryAsync()).Act);

        var page = Context.Render<SubscriberImportScreen>();
        page.WaitForAssertion(() => Assert.Contains(
            $"An import by {AuditEntry.CommandLine} did not end.", page.Find(".recent-import").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Import the same file again: nothing is done twice.", page.Find(".recent-import").TextContent, StringComparison.Ordinal);
        await ImportAsync();

        Assert.Empty(Context.Render<SubscriberImportScreen>().FindAll(".recent-import"));
        Assert.Equal(AuditAction.SubscribersImported, (await LastEntryAsync()).Act);
    }

    private void RefuseSecondBatch(bool audit = false)
    {
        var batches = 0;
        Failing.Refuses = statement =>
            (statement.Contains("FROM \"Subscribers\"", StringComparison.Ordinal) && ++batches > 1)
            || (audit && batches > 1 && statement.Contains("AuditEntries", StringComparison.Ordinal));
    }

    private Task ImportAsync() => Site.Site.Get<SubscriberTransferService>().ImportAsync(
        new SubscriberImportFile(Encoding.UTF8.GetBytes(Table)), by: null, cancellationToken: Stop);

    private async Task<(AuditAction Act, string? Detail)> LastEntryAsync() =>
        (await Site.AllAsync<AuditEntry>()).MaxBy(entry => entry.Id) is { } last ? (last.Act, last.Detail) : default;
}
