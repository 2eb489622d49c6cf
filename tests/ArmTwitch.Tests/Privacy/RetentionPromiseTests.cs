using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Digests;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Comments;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Newsletter;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Privacy;

/// <summary>
/// An address, a name and words of their own on every way into the site; then the clock is moved past each promise, and everything that
/// is kept is searched for them.
/// </summary>
public abstract class RetentionPromiseTests : IAsyncLifetime
{
    private readonly CapturedLog log = new();
    private readonly TestSite site;
    private readonly CommentTestSite comments;
    private readonly HashSet<string> seeds = [];
    private Decider moderator = null!;

    protected RetentionPromiseTests(DatabaseKind database)
    {
        site = new TestSite(database: database, settings: [("Limits:Enabled", "false"), ("Logging:LogLevel:Default", "Debug")]);
        site.With(services => services.AddSingleton<ILoggerProvider>(log));
        comments = new CommentTestSite(site);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var db = site.Database();
        var account = new Moderator
        {
            DisplayName = "Mod",
            Role = ModeratorRole.Admin,
            CreatedAt = site.Clock.GetUtcNow(),
            UserName = "mod@armtwitch.test",
            Email = "mod@armtwitch.test",
            WantsDigest = true
        };
        db.Add(account);
        await db.SaveChangesAsync(Stop);
        moderator = new Decider(account.Id, account.DisplayName, account.Role);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        comments.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_is_kept_longer_than_was_promised()
    {
        await SeedCommentsAsync();
        await SeedNewsletterAsync();
        await SeedOthersAsync();
        await site.Get<ModeratorDigest>().SendAsync(Stop);
        await site.SendMailsAsync(Stop);
        var scan = new PersonalDataScan(site, seeds);
        var atFirst = await scan.FindAsync();
        // What was never kept would prove nothing.
        Assert.Empty(seeds.Where(seed => !atFirst.Any(place => place.EndsWith($": {seed}", StringComparison.Ordinal)))
            .Except(["adrerased", "namerased", "txterased", "adrmuted", "adrwithdrawn", "adrwithdrawnlate"]));
        DateFiles();

        await MoveAsync(TimeSpan.FromDays(31));
        var afterAMonth = await scan.FindAsync();
        await MoveAsync(TimeSpan.FromDays(150));
        var afterHalfAYear = await scan.FindAsync();
        await MoveAsync(TimeSpan.FromDays(185));
        var afterAYear = await scan.FindAsync();

        string[] published = [
            "namapproved", "txtapproved", "nammuted", "txtmuted", "namredacted", "txtredacted", "namedited", "txtedited", "namreported",
            "txtreported", "namappealed", "txtappealed"];
        var waiting = new[] { "namwaiting", "txtwaiting", "adrwaiting", "namÄrgerÜ", "txtÄrgerÜ", "adrÄrgerÜ" };
        Assert.Equal(Sorted(published, waiting, ["namspam", "txtspam", "txtfeedback", "adrfeedback", "adrsubscribed"]), Seen(afterAMonth));
        Assert.Equal(Sorted(published, waiting, ["txtfeedback", "adrfeedback", "adrsubscribed"]), Seen(afterHalfAYear));
        Assert.Equal(Sorted(published, waiting, ["adrsubscribed"]), Seen(afterAYear));
        Assert.DoesNotContain(log.Lines, line => seeds.Any(seed => line.Contains(seed, StringComparison.OrdinalIgnoreCase)));
        // Where it stands is no surprise either.
        Assert.Empty(afterAYear.Select(place => place.Split(':')[0]).Distinct().Except([
            "Comments.Author", "Comments.Text", "Comments.ShownText", "Comments.Email", "CommentFlags.Words", "Subscribers.Email",
            "Subscribers.Key", "armtwitch.db"]));
    }

    [Fact]
    public async Task Erasing_an_address_leaves_none_of_it_anywhere()
    {
        await SeedCommentsAsync();
        await SeedNewsletterAsync();
        await SeedOthersAsync();
        await site.SendMailsAsync(Stop);
        var addresses = seeds.Where(seed => seed.StartsWith("adr", StringComparison.Ordinal)).ToList();

        foreach (var address in addresses)
            await site.Get<PersonErasureService>()
                .EraseAsync(new PersonAddress(Address(address).ToUpperInvariant(), Address(address).ToLowerInvariant()), Stop);

        // A muted comment has no address by which it could be found.
        Assert.Equal(
            Sorted(["nammuted", "txtmuted", "namwithdrawn", "txtwithdrawn", "namwithdrawnlate", "txtwithdrawnlate"]),
            Seen(await new PersonalDataScan(site, seeds).FindAsync()));
    }

    /// <summary>What is still there, wherever.</summary>
    private static IEnumerable<string> Seen(IEnumerable<string> places) =>
        places.Select(place => place.Split(": ")[1]).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sorted(params IEnumerable<string>[] all) =>
        all.SelectMany(some => some).Order(StringComparer.Ordinal);

    private static string Address(string seed) => $"{seed}@kept.example";

    private string Seed(string kind, string path)
    {
        seeds.Add($"{kind}{path}");
        return $"{kind}{path}";
    }

    private async Task SeedCommentsAsync()
    {
        await ApproveAsync(await WriteAsync("approved"));
        await DecideAsync(await WriteAsync("refused"), Decision.Reject(RefusalReason.Other, $"You wrote {Seed("txt", "refusal")}."));
        await DecideAsync(await WriteAsync("spam"), Decision.Spam);
        await WriteAsync("waiting");
        await WriteAsync("ÄrgerÜ");

        var withdrawn = await WriteAsync("withdrawn");
        await ActAsync(withdrawn.Address, "withdraw");
        var late = await WriteAsync("withdrawnlate");
        await ApproveAsync(late);
        await ActAsync(late.Address, "withdraw");
        var erased = await WriteAsync("erased");
        await ApproveAsync(erased);
        await ActAsync(erased.Address, "erase");
        var muted = await WriteAsync("muted");
        await ApproveAsync(muted);
        (await comments.PostAsync($"{muted.Address}/mute")).Dispose();

        var redacted = await WriteAsync("redacted", Seed("out", "redacted"));
        var text = (await FindAsync(redacted.Id)).Text;
        await DecideAsync(redacted, Decision.ApproveRedacted(
            new Redaction(text.IndexOf("outredacted", StringComparison.Ordinal), "outredacted".Length, RemovedKind.Name)));
        var edited = await WriteAsync("edited");
        await ApproveAsync(edited);
        (await comments.PostAsync(
            edited.Address, ("action", "edit"), ("body", $"Other words, {Seed("out", "edited")}."), ("revision", "1"))).Dispose();
        await DecideAsync(edited, Decision.Reject(RefusalReason.OffTopic));
        var removed = await WriteAsync("removed");
        await ApproveAsync(removed);
        await DecideAsync(removed, Decision.Remove);
        var appealed = await WriteAsync("appealed");
        await DecideAsync(appealed, Decision.Reject(RefusalReason.OffTopic));
        (await comments.PostAsync(appealed.Address, ("action", "appeal"), ("body", $"But {Seed("out", "appealed")}!"))).Dispose();
        await ApproveAsync(appealed);

        var reported = await WriteAsync("reported");
        await ApproveAsync(reported);
        using var answer = await comments.PostAsync(
            $"{CommentTestSite.Article}/comments/{reported.Id:N}/report",
            ("reason", $"I know {Seed("out", "reported")} {Address(Seed("adr", "reporterÖ"))}."));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private async Task SeedNewsletterAsync()
    {
        await SubscribeAsync(Seed("adr", "neverconfirmed"));
        await JoinAsync(Seed("adr", "subscribed"));
        var left = await JoinAsync(Seed("adr", "left"));
        await JoinAsync(Seed("adr", "bounced"));
        await JoinAsync(Seed("adr", "complained"));
        var mailing = await site.MailAsync([Address("adrsubscribed"), Address("adrleft"), Address("adrbounced"), Address("adrcomplained")]);
        await site.SendMailsAsync(Stop);
        await site.Get<MailingService>().FinishAsync(Stop);
        (await comments.PostAsync(
            $"/newsletter/unsubscribe?token={await site.Get<SubscriberSecrets>().UnsubscribeTokenAsync(left, Stop)}",
            ("List-Unsubscribe", "One-Click"))).Dispose();

        var copies = await site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Stop);
        await ReportAsync("bounced", copies.Single(copy => copy.To == Address("adrbounced")).MessageId,
            $"--b\n\nIt came back.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; {Address("adrbounced")}\nAction: failed\nStatus: 5.1.1\n\n",
            "report-type=delivery-status");
        await ReportAsync("complained", copies.Single(copy => copy.To == Address("adrcomplained")).MessageId,
            "--b\n\nA complaint.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: test\nVersion: 1\n\n",
            "report-type=feedback-report");
        Assert.Equal(2, await site.Get<BounceFolderReader>().ReadAsync(Stop));

        await SubscribeAsync("adrsubscribed");
        (await comments.PostAsync("/newsletter/manage", ("email", Address("adrsubscribed")), ("website", ""))).Dispose();
        (await comments.PostAsync("/newsletter/confirm", ("email", Address(Seed("adr", "guessed"))), ("code", "12345678"))).Dispose();
        seeds.Remove("adrguessed");
        using var table = new StringReader(
            $"email,state,consent_at,source,wording\n{Address(Seed("adr", "importedpending"))},,,,\n{Address(Seed("adr", "importedleft"))},unsubscribed,2025-05-01T10:00:00Z,old,1\n");
        await site.Get<SubscriberImportExport>().ImportAsync(table, apply: true, Stop);
        await HandleAsync();
    }

    private async Task SeedOthersAsync()
    {
        (await comments.PostAsync(
            $"{CommentTestSite.Article}/feedback", ("useful", "no"),
            ("note", $"I am {Seed("txt", "feedback")}, write to {Address(Seed("adr", "feedback"))}."))).Dispose();
        await site.Get<InvitationService>().MakeAsync(Address(Seed("adr", "invitedÖ")), ModeratorRole.Moderator, cancellationToken: Stop);
    }

    private async Task ReportAsync(string name, string messageId, string parts, string type)
    {
        var folder = site.Get<BounceFolderReader>().Folder;
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{name}.eml");
        await File.WriteAllTextAsync(
            file,
            $"From: mx@mx.test\nTo: news@armtwitch.test\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/report; {type}; boundary=b\n\n{parts}--b\nContent-Type: message/rfc822\n\nTo: {Address($"adr{name}")}\nMessage-ID: <{messageId}>\nSubject: What is new\n\nWords.\n--b--\n",
            Stop);
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
    }

    private async Task<(Guid Id, string Address)> WriteAsync(string path, string more = "")
    {
        using var answer = await comments.WriteAsync(
            $"The words of {Seed("txt", path)}. {more}", Seed("nam", path), Address(Seed("adr", path)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await using var db = site.Database();
        var id = await db.Set<Comment>().Where(comment => comment.Author == $"nam{path}").Select(comment => comment.Id).SingleAsync(Stop);
        return (id, answer.Headers.Location!.ToString());
    }

    private async Task<Comment> FindAsync(Guid id)
    {
        await using var db = site.Database();
        return await db.Set<Comment>().AsNoTracking().SingleAsync(comment => comment.Id == id, Stop);
    }

    private Task ApproveAsync((Guid Id, string Address) comment) => DecideAsync(comment, Decision.Approve);

    private async Task DecideAsync((Guid Id, string Address) comment, Decision decision) => Assert.Equal(
        DecisionOutcome.Done,
        (await site.Get<DecisionService>()
            .DecideAsync(comment.Id, (await FindAsync(comment.Id)).Revision, decision, moderator, Stop)).Outcome);

    private async Task ActAsync(string address, string action)
    {
        using var answer = await comments.PostAsync(address, ("action", action));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private async Task SubscribeAsync(string seed)
    {
        using var answer = await comments.PostAsync("/newsletter/subscribe", ("email", Address(seed)), ("website", ""), ("page", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await HandleAsync();
    }

    private async Task HandleAsync()
    {
        while (await site.Get<SignUpProcessor>().ProcessNextAsync(Stop))
        {
        }
    }

    private async Task<Guid> JoinAsync(string seed)
    {
        await SubscribeAsync(seed);
        var mail = (await site.SendMailsAsync(Stop)).Single(mail => mail.To.Mailboxes.Single().Address == Address(seed));
        using var answer = await comments.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await using var db = site.Database();
        return await db.Set<Subscriber>().Where(one => one.Email == Address(seed)).Select(one => one.Id).SingleAsync(Stop);
    }

    /// <summary>By the clock of the site, which the machine's knows nothing of.</summary>
    private void DateFiles()
    {
        foreach (var file in Directory.EnumerateFiles(site.DataFolder, "*.eml", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, site.Clock.GetUtcNow().UtcDateTime);
    }

    private async Task MoveAsync(TimeSpan time)
    {
        site.Clock.Advance(time);
        await site.SendMailsAsync(Stop);
        await site.Get<RetentionService>().ApplyRulesAsync(Stop);
        Assert.Empty(site.Get<RetentionService>().FailingRules);
    }
}

public sealed class RetentionPromiseTestsOnSqlite() : RetentionPromiseTests(DatabaseKind.Sqlite);

public sealed class RetentionPromiseTestsOnPostgres() : RetentionPromiseTests(DatabaseKind.Postgres);
