using System.Globalization;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Bounces;

namespace ArmTwitch.Tests.Newsletter.Bounces;

/// <summary>Reports of mail servers, and how they get into the folder.</summary>
internal static class BounceReportFiles
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public static string Report(string action, string status, string messageId, string recipient = "ada@example.org") => $"""
        From: MAILER-DAEMON@mx.example
        To: hello@armtwitch.test
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It did not arrive.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}

        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{messageId}>
        Subject: An issue
        --b--

        """;

    public static string Complaint(string messageId) => $"""
        From: abuse@mail.example
        To: hello@armtwitch.test
        Subject: Complaint
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        Somebody pressed the button.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Example/1
        Version: 1

        --b
        Content-Type: message/rfc822

        From: hello@armtwitch.test
        To: somebody@example.org
        Message-ID: <{messageId}>
        Subject: An issue

        Words.
        --b--

        """;

    /// <summary>The Message-ID of the one mail to ada@example.org.</summary>
    public static async Task<string> AdasMessageIdAsync(this NewsletterTestSite site) =>
        (await site.AllAsync<OutgoingMail>()).Single(mail => mail.To == "ada@example.org").MessageId;

    /// <summary>Writes each report into a file of the folder.</summary>
    public static async Task PutReportsAsync(this NewsletterTestSite site, params string[] reports)
    {
        var folder = Directory.CreateDirectory(site.Site.Get<BounceFolderReader>().Folder);
        foreach (var (at, report) in reports.Index())
        {
            var file = Path.Combine(folder.FullName, $"{at.ToString(CultureInfo.InvariantCulture)}.eml");
            await File.WriteAllTextAsync(file, report.ReplaceLineEndings("\r\n"), Stop);
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));
        }
    }
}
