using System.Diagnostics;
using ArmTwitch.Data;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Tests.Mail.Queueing;

/// <summary>Two processes of the built site that work on one database.</summary>
public sealed class OutboxConcurrencyTests
{
    /// <summary>More than one program can claim before its first mail is answered.</summary>
    private const int Recipients = 400;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Two_programs_that_race_for_one_mailing_send_every_mail_once(DatabaseKind database)
    {
        var data = Directory.CreateTempSubdirectory("armtwitch-race-");
        var address = database is DatabaseKind.Postgres ? PostgresServer.NewDatabase() : null;
        using CountingSmtpServer one = new(), other = new();
        // So neither program can finish before the other has begun.
        one.MayTake = other.MayTake = Task.WhenAll(one.Begun, other.Begun);
        await using (var mail = new OutboxInspector(Settings(one)))
        {
            var mailing = await mail.MakeAsync(Cancel);
            await mail.FreezeAsync(mailing, Recipients, Cancel);
            await mail.Mailings.StartAsync(mailing, Cancel);

            Process[] sites = [MailCrashScenario.Start(Settings(one)), MailCrashScenario.Start(Settings(other))];
            try
            {
                await MailCrashScenario.AwaitDoneAsync(mail, mailing, sites, Cancel);
            }
            finally
            {
                foreach (var site in sites)
                {
                    site.Kill();
                    await site.WaitForExitAsync(CancellationToken.None);
                    site.Dispose();
                }
            }

            var (rows, count) = (await mail.RowsAsync(mailing, Cancel), (await mail.Mailings.CountAsync(mailing, Cancel))!);
            Assert.Equal((Recipients, Recipients, true), (count.Audience, count.Sent, count.AddsUp));
            Assert.Equal(Recipients, (await mail.Mailings.FindAsync(mailing, Cancel))!.Tried);
            Assert.Equal((0, 0, Recipients), (one.Doubles, other.Doubles, one.Count + other.Count));
            Assert.All(rows, row => Assert.True(one.Has(row.MessageId) ^ other.Has(row.MessageId)));
            Assert.All([one, other], sink => Assert.InRange(sink.Count, 1, Recipients - 1));
        }

        if (address is not null)
            PostgresServer.Drop(address);
        data.Delete(recursive: true);

        // Long enough that on a slow machine no lease and no timeout ends.
        (string, string)[] Settings(CountingSmtpServer sink) =>
        [
            .. MailCrashScenario.Settings(data.FullName, sink.Port, leaseSeconds: 600),
            ("Mail__TimeoutSeconds", "300"),
            .. address is null
                ? Array.Empty<(string, string)>()
                : [("Data__Provider", "Postgres"), ("ConnectionStrings__ArmTwitch", address)],
        ];
    }
}
