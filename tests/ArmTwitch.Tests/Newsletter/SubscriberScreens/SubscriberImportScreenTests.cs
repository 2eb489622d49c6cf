using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportScreens;
using ArmTwitch.Newsletter.Subscribing;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

public sealed class SubscriberImportScreenTests : SubscriberImportScreenTestBase
{
    private const string Agreed = "2025-05-01T10:00:00Z,old-site,2025-01";

    [Fact]
    public async Task Each_row_is_told_before_anything_is_changed()
    {
        var left = await Site.JoinAsync("left@example.org");
        await Site.JoinAsync("here@example.org");
        await Site.Site.Get<SubscriptionService>().UnsubscribeAsync(left.Id, Editor, Stop);
        var page = Choose($"email,consent_at,source,wording,state\nnew@example.org,{Agreed},\nbare@example.org,,,,\ngone@example.org,,,,unsubscribed\nleft@example.org,{Agreed},\nhere@example.org,{Agreed},\nnew@example.org,{Agreed},\nnonsense,,,,\n");

        Assert.Equal(
            [
                "2 new@example.org Gets the newsletter", "3 bare@example.org Pending", "4 gone@example.org Left",
                "5 left@example.org Not written to", "6 here@example.org Here already", "7 new@example.org Twice", "8 nonsense Refused",
            ],
            page.FindAll("tbody tr").Select(row =>
                $"{row.Children[0].TextContent} {row.Children[1].TextContent} {row.QuerySelector(".badge")!.TextContent}"));
        Assert.Contains("This is no e-mail address", page.FindAll("tbody tr")[^1].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 person gets no mail", page.Find(".box").TextContent, StringComparison.Ordinal);
        Assert.Equal("Import 3 of 7 rows", page.Find(".confirm button").TextContent);
        Assert.Equal(2, (await Site.AllAsync<Subscriber>()).Count);

        await page.FindAll(".tabs button").Single(tab => tab.TextContent.StartsWith("Refused", StringComparison.Ordinal)).ClickAsync(new());
        Assert.Equal("8", Assert.Single(page.FindAll("tbody tr")).Children[0].TextContent);
    }

    [Theory]
    [InlineData("email,consent_at,source,wording\neve@example.org,2025-05-01T10:00:00Z,,\n", "The file does not say where and to which words they agreed")]
    [InlineData("email,consent_at,source,wording\neve@example.org,2025-05-01T10:00:00Z,old-site,\n", "The file does not say to which words they agreed")]
    [InlineData("email,consent_at,source,wording\neve@example.org,,old-site,2025-01\n", "The file does not say when they agreed")]
    [InlineData("email\neve@example.org\n", "The file does not say when, where and to which words they agreed")]
    [InlineData("email,state\neve@example.org,pending\n", "The file says so")]
    [InlineData("email,subscribed_to_emails,created_at\neve@example.org,true,2024-01-02T03:04:05.000Z\n", "The file does not say where and to which words they agreed")]
    [InlineData("email,subscribed_to_emails,created_at\neve@example.org,true,\n", "The file does not say when, where and to which words they agreed")]
    [InlineData("uuid,email,status,attributes,created_at\n1,eve@example.org,unconfirmed,{},2024-01-02T03:04:05.000Z\n", "They never confirmed there")]
    public void Of_a_pending_row_only_that_is_told_which_is_missing(string table, string why)
    {
        var page = Choose(table);

        Assert.Equal($"Pending {why}: gets no mail.", page.Find("tbody tr").Children[2].TextContent);
    }

    [Fact]
    public async Task A_double_press_imports_the_file_once_and_the_audit_says_which()
    {
        var table = $"email,consent_at,source,wording\nada@example.org,{Agreed}\nbob@example.org,,,\n";
        var page = Choose(table);

        await page.Find(".confirm button").ClickAsync(new MouseEventArgs { Detail = 2 });
        Assert.Empty(await Site.AllAsync<Subscriber>());
        var import = page.Find(".confirm button").ClickAsync(new MouseEventArgs { Detail = 1 });
        Assert.Empty(page.FindAll(".confirm button"));
        await import;

        page.WaitForAssertion(() => Assert.Contains("2 rows: 2 imported (1 of them gets the newsletter).", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(2, (await Site.AllAsync<Subscriber>()).Count);
        Assert.Empty(await Site.WorkAsync());
        Assert.Equal(
            [
                (AuditAction.SubscriberImportStarted, $"2 rows, SHA-256 {new SubscriberImportFile(System.Text.Encoding.UTF8.GetBytes(table)).Hash}"),
                (AuditAction.SubscribersImported, "1 confirmed, 1 pending"),
            ],
            (await Site.AllAsync<AuditEntry>()).OrderBy(entry => entry.Id).Select(entry => (entry.Act, entry.Detail)));
    }

    [Fact]
    public void A_file_with_a_header_alone_asks_nothing_about_nobody()
    {
        var page = Choose("email,first_name\n", until: "[role=alert]");

        Assert.Contains("nobody is in it", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".who"));
    }

    [Fact]
    public async Task A_wrong_list_is_taken_back_by_importing_it_as_people_who_have_left()
    {
        var own = await Site.JoinAsync("own@example.org");
        var table = $"email,consent_at,source,wording\nada@example.org,{Agreed}\nown@example.org,{Agreed}\nbob@example.org,,,\n";
        await ImportAsync("subscribers.csv");
        await ImportAsync("unsubscribed.csv");

        Assert.Equal(
            ["ada@example.org Unsubscribed", "bob@example.org Unsubscribed", "own@example.org Confirmed"],
            (await Site.AllAsync<Subscriber>()).Select(one => $"{one.Email} {one.State}").Order(StringComparer.Ordinal));
        Assert.Equal(own.Id, (await Site.AllAsync<Subscriber>()).Single(one => one.State is SubscriberState.Confirmed).Id);
        Assert.EndsWith("2 ended here, 1 here already", (await Site.AllAsync<AuditEntry>()).MaxBy(entry => entry.Id)!.Detail, StringComparison.Ordinal);

        Task ImportAsync(string name) => Site.Site.Get<SubscriberTransferService>().ImportAsync(
            new SubscriberImportFile(System.Text.Encoding.UTF8.GetBytes(table)) { Name = name }, by: null, cancellationToken: Stop);
    }

    [Fact]
    public async Task A_wrong_list_is_taken_back_by_a_press_after_a_question_that_names_the_number()
    {
        var page = Choose($"email,consent_at,source,wording\nada@example.org,{Agreed}\nbob@example.org,{Agreed}\n");
        await page.Find(".confirm button").ClickAsync(new());
        page.WaitForElement(".past-imports button.grave", Patience);

        await page.Find(".past-imports button.grave").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(
            "Take this import back, and unsubscribe 2 people?", page.Find(".past-imports h3").TextContent), Patience);
        await page.Find(".past-imports .confirm button.grave").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(
            "The import is taken back: 2 people are unsubscribed.", page.Find(".past-imports [role=status]").TextContent), Patience);
        Assert.All(await Site.AllAsync<Subscriber>(), one => Assert.Equal(SubscriberState.Unsubscribed, one.State));
        Assert.Empty(page.FindAll(".past-imports .box"));
    }

    [Fact]
    public async Task What_somebody_else_has_imported_meanwhile_was_here_already()
    {
        var table = string.Concat(Enumerable.Range(1, 5).Select(number => $"reader{number}@example.org,{Agreed}\n"));
        var page = Choose("email,consent_at,source,wording\n" + table);
        Assert.Equal("5 rows: 5 to import.", page.Find(".import-sum").TextContent);
        await Site.Site.Get<SubscriberImportExport>().ImportAsync(
            new StringReader($"email,consent_at,source,wording\nreader1@example.org,{Agreed}\nreader3@example.org,{Agreed}\n"), apply: true, Stop);

        await page.Find(".confirm button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("5 rows: 3 imported, 2 were here already.", page.Find(".import-sum").TextContent), Patience);
        Assert.Contains("2 of them came after you had looked", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing changes", page.Markup, StringComparison.Ordinal);
        var again = Choose("email,consent_at,source,wording\n" + table);
        Assert.Equal("Everybody in this file is here already.", again.Find(".import-sum").TextContent);
        Assert.Empty(again.FindAll(".confirm button"));
    }

    [Fact]
    public async Task An_editor_who_can_prove_consent_says_it_once_for_a_list_that_tells_when()
    {
        var page = Choose("email,status,tier,subscribed at\nada@example.org,active,free,2024-01-02 03:04:05 UTC\nbob@example.org,pending,free,2024-01-02 03:04:05 UTC\ncy@example.org,inactive,free,2024-01-02 03:04:05 UTC\n");
        Assert.Equal("3 rows: 3 to import (none of them get the newsletter).", page.Find(".import-sum").TextContent);

        await page.Find("form.consent").SubmitAsync();
        Assert.Equal(2, page.FindAll("form.consent .error").Count);
        var source = Focused();
        await page.Find("#consent-source").InputAsync("old-site/signup");
        await page.Find("form.consent").SubmitAsync();
        Assert.NotEqual(source, Focused());
        await page.Find("#consent-wording").InputAsync("News once a month");
        Assert.Equal("true", page.Find(".confirm button").GetAttribute("aria-disabled"));
        await page.Find(".confirm button").ClickAsync(new());
        Assert.Empty(await Site.AllAsync<Subscriber>());
        await page.Find("form.consent").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("3 rows: 3 to import (1 of them gets the newsletter).", page.Find(".import-sum").TextContent), Patience);
        await page.Find(".confirm button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("3 rows: 3 imported (1 of them gets the newsletter).", page.Find(".import-sum").TextContent), Patience);
        var given = Assert.Single(await Site.AllAsync<ConsentRecord>());
        Assert.Equal(("old-site/signup", "News once a month", ConsentMethod.ImportVouched), (given.Page, given.Wording, given.Method));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), given.AskedAt);
        Assert.Contains(
            "consent at \"old-site/signup\" to \"News once a month\" said of all, SHA-256 ", (await Site.AllAsync<AuditEntry>()).MinBy(entry => entry.Id)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_that_a_spreadsheet_has_changed_are_counted_and_it_is_told_what_to_do()
    {
        var page = Choose("Email Address,First Name,CONFIRM_TIME,LEID,EUID\nada@example.org,Ada,5/1/2024 10:05,1,a\nbob@example.org,Bob,2030-01-01 10:00:00,2,b\n", name: "subscribed.csv");

        Assert.Equal("2 rows have a time that cannot be read, or has not come yet", page.Find(".box h3").TextContent);
        Assert.Contains("Export the list from Mailchimp again", page.Find(".box").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Refused", "Refused"], page.FindAll("tbody .badge").Select(badge => badge.TextContent));
        Assert.Empty(page.FindAll(".confirm button"));
    }

    [Fact]
    public async Task Who_comes_back_finds_the_import_that_runs_and_then_what_it_did_and_a_colleague_does_too()
    {
        var page = Choose($"email,consent_at,source,wording\nada@example.org,{Agreed}\nbob@example.org,,,\n");
        var lockHeld = await Site.Site.Get<WriteTransactionFactory>().BeginAsync(Stop);
        var import = page.Find(".confirm button").ClickAsync(new());
        await Context.DisposeComponentsAsync();

        var back = Context.Render<SubscriberImportScreen>();
        back.WaitForAssertion(() => Assert.StartsWith(
            "You are importing list.csv since", back.Find(".recent-import").TextContent.Trim(), StringComparison.Ordinal));
        await lockHeld.DisposeAsync();
        await import;

        back.WaitForAssertion(() => Assert.Matches(
            @"^You have imported list\.csv, done at .*2 rows: 2 imported \(1 of them gets the newsletter\)\.",
            back.Find(".recent-import [role=status]").TextContent), Patience);
        await back.Find(".recent-import button").ClickAsync(new());
        Assert.Equal(2, back.FindAll("tbody tr").Count);
        var colleague = Context.Render<RecentImports>(
            parameters => parameters.Add(one => one.Editor, Editor with { Id = Guid.NewGuid(), Name = "Ben" }));
        Assert.StartsWith(
            $"{Editor.Name} has imported list.csv", colleague.Find(".recent-import").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(["What became of each row"], colleague.FindAll(".recent-import button").Select(button => button.TextContent));
        Site.Site.Clock.Advance(SubscriberImportRuns.KeptFor);
        back.WaitForAssertion(() => Assert.Empty(back.FindAll(".recent-import")), Patience);
    }

    [Fact]
    public async Task Nothing_of_a_file_stays_in_the_data_folder()
    {
        var page = Choose($"email,consent_at,source,wording\nada@example.org,{Agreed}\n");
        var folder = Path.Combine(Site.Site.Get<DataFolder>().FullPath, "imports");

        Assert.True(Directory.Exists(folder));
        if (!OperatingSystem.IsWindows())
            Assert.Empty(Directory.EnumerateFiles(folder));
        await Context.DisposeComponentsAsync();
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task Who_came_without_a_proof_is_lifted_by_a_later_import_with_one()
    {
        const string table = "email,status,tier,subscribed at\nada@example.org,active,free,2024-01-02 03:04:05 UTC\nbob@example.org,active,free,2024-01-02 03:04:05 UTC\n";
        var first = Choose(table);
        Assert.Contains("Beehiiv says when, but not where and to which words", first.Find(".proof").TextContent, StringComparison.Ordinal);
        Assert.Equal("Import 2 rows without a proof of consent", first.Find(".confirm button").TextContent);
        await first.Find(".confirm button").ClickAsync(new());
        first.WaitForAssertion(() => Assert.NotNull(first.Find("a.button[href='/moderation/subscribers']")), Patience);

        var again = Choose(table);
        Assert.Contains("2 people get", again.Find(".proof").TextContent, StringComparison.Ordinal);
        await again.Find("#consent-source").InputAsync("old-site");
        await again.Find("#consent-wording").InputAsync("Words");
        await again.Find("form.consent").SubmitAsync();
        again.WaitForAssertion(() => Assert.Equal("2 rows: 2 to import.", again.Find(".import-sum").TextContent), Patience);
        await again.Find(".confirm button").ClickAsync(new());
        again.WaitForAssertion(() => Assert.Equal("2 rows: 2 imported.", again.Find(".import-sum").TextContent), Patience);

        Assert.Equal(SubscriberState.Confirmed, (await Site.FindAsync("ada@example.org")).State);
        Assert.Equal(SubscriberState.Confirmed, (await Site.FindAsync("bob@example.org")).State);
    }

    [Theory]
    [InlineData("", "The table is empty.")]
    [InlineData("name\nAda\n", "The first line must name the columns")]
    [InlineData("email,source\nada@example.org,\"old\n", "Line 2: a quote")]
    public void A_file_that_cannot_be_read_is_told_so_and_another_can_be_chosen(string table, string expected)
    {
        var page = Choose(table, until: ".errors");

        Assert.Contains(expected, page.Find(".errors").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported", page.Find(".errors").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#file"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_told_so_with_the_limit()
    {
        var page = Choose(new string('x', 1_000_001), until: ".errors");

        Assert.Contains("1 MB is the most here", page.Find(".errors").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mailchimp", "Email Address,First Name,OPTIN_TIME,CONFIRM_TIME,LEID,EUID,NOTES\nada@example.org,Ada,2024-03-01 10:00:00,2024-03-01 10:02:00,1,a1,\n", "Pending")]
    [InlineData("Ghost", "id,email,name,note,subscribed_to_emails,created_at,deleted_at\n1,ada@example.org,Ada,,false,2024-01-02T03:04:05.000Z,\n", "Left")]
    public void The_export_of_another_program_is_known(string program, string table, string badge)
    {
        var page = Choose(table, name: "subscribed_email_audience_export_a1b2.csv");

        Assert.Contains($"a list from <strong>{program}</strong>", page.Markup, StringComparison.Ordinal);
        Assert.Equal(badge, page.Find("tbody .badge").TextContent);
    }
}
