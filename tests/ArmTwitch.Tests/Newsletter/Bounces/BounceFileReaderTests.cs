using System.Text;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter.Bounces;

namespace ArmTwitch.Tests.Newsletter.Bounces;

/// <summary>What is read from the shapes in which reports come from the servers of the world.</summary>
public sealed class BounceFileReaderTests
{
    private const string Id = "0198c1f0a0b070008000000000000001@armtwitch.test",
        Failed = "Final-Recipient: rfc822; ada@example.org\nAction: failed\nStatus: 5.1.1";

    private static string Original =>
        $"Content-Type: message/rfc822\n\nMessage-ID: <{Id}>\nFrom: hello@armtwitch.test\nSubject: An issue\n\nWords.";

    [Fact]
    public void A_plain_report_tells_mail_and_reason()
    {
        var report = Read(Report($"{Failed}\nDiagnostic-Code: smtp; 550 5.1.1 no such user"));

        Assert.Equal((BounceKind.Returned, DeliveryFailure.NoSuchRecipient, "5.1.1"), (report.Kind, report.Failure, report.Status));
        Assert.Equal([Id], report.MessageIds);
    }

    [Theory]
    [InlineData("Final-Recipient: rfc822; other@elsewhere.example\nAction: failed\nStatus: 5.1.1")]
    [InlineData("Final-Recipient: rfc822; ada@example.org\nAction: Failed (final)\nStatus: 5.1.1 (bad destination mailbox address)")]
    [InlineData("Final-Recipient: rfc822; ada@example.org\nStatus: 5.1.1")]
    [InlineData("Original-Recipient: rfc822;unknown\nFinal-Recipient: rfc822; ada@example.org\nAction: failed\nStatus: 5.1.1")]
    [InlineData("Original-Recipient: rfc822;ada@example.org\nAction: failed\nStatus: 5.1.1")]
    [InlineData("Final-Recipient: rfc822; ada@example.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 no such user here")]
    public void A_recipient_who_is_not_there_is_read_from_many_kinds_of_fields(string fields)
    {
        var report = Read(Report(fields));

        Assert.Equal(DeliveryFailure.NoSuchRecipient, report.Failure);
        Assert.True(report.MayBeAbout("ada@example.org"));
    }

    [Theory]
    [InlineData("5.1.7", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.1.8", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.1.0", "smtp; 550 5.1.0 sender rejected, see our list of blocked networks", DeliveryFailure.Unreachable)]
    [InlineData("5.5.0", "smtp; 550 mailbox not available", DeliveryFailure.Unreachable)]
    [InlineData("5.4.4", "dns; host not found", DeliveryFailure.Unreachable)]
    [InlineData("5.4.1", "smtp; 550 5.4.1 recipient address rejected: access denied", DeliveryFailure.Unreachable)]
    [InlineData(null, "smtp; 550 5.1.1 user unknown", DeliveryFailure.Unreachable)]
    public void Status_and_diagnostic_code_say_what_is_refused(string? status, string? diagnostic, DeliveryFailure expected) =>
        Assert.Equal(expected, Read(Report($"Final-Recipient: rfc822; ada@example.org\nAction: failed{Field("Status", status)}{Field("Diagnostic-Code", diagnostic)}")).Failure);

    [Theory]
    [InlineData("Final-Recipient: rfc822; ada@example.org\nAction: delayed\nStatus: 4.4.1")]
    [InlineData("Final-Recipient: rfc822; ada@example.org\nAction: delivered\nStatus: 2.0.0")]
    [InlineData("Final-Recipient: rfc822; ada@example.org\nStatus: 4.4.1")]
    [InlineData("Action: failed\nStatus: 5.1.1")]
    public void What_is_late_or_has_arrived_or_names_nobody_is_no_failure(string fields) => Assert.Empty(ReadAll(Report(fields)));

    /// <summary>Plus signs and letters beyond ASCII are written in a code of their own there (RFC 3461, RFC 6533).</summary>
    [Theory]
    [InlineData("rfc822;ada+2Blist@example.org", "ada+list@example.org", true)]
    [InlineData("rfc822;ada+list@example.org", "ada+list@example.org", true)]
    [InlineData("RFC822; <ADA@Example.org>", "ada@example.org", true)]
    [InlineData("utf-8;j\\x{F6}rg@example.org", "jörg@example.org", true)]
    [InlineData("rfc822;eve@example.org", "ada@example.org", false)]
    public void The_recipient_that_we_wrote_to_is_compared_as_it_was_meant(string field, string to, bool expected) =>
        Assert.Equal(expected, Read(Report($"Original-Recipient: {field}\n{Failed}")).MayBeAbout(to));

    [Fact]
    public void A_report_of_one_group_is_read() =>
        Assert.Single(ReadAll(Report($"Arrival-Date: Fri, 20 Nov 2026 10:00:00 +0000\n{Failed}", between: "\n")));

    [Fact]
    public void Empty_lines_between_the_groups_do_no_harm() => Assert.Single(ReadAll(Report(Failed, between: "\n\n\n", before: "\n")));

    [Theory]
    [InlineData("Content-Type: text/rfc822-headers\n\nReceived: from a by b\nMessage-Id:\n <{0}>\nSubject: x")]
    [InlineData("Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: quoted-printable\n\nFrom: =3Dx@example.org\nMessage-ID: <{0}>=20\nSubject: x")]
    [InlineData("Content-Type: message/global-headers\n\nMessage-ID: <{0}>\nTo: <jörg@example.org>")]
    [InlineData("Content-Type: message/global\n\nMessage-ID: <{0}>\nTo: <jörg@example.org>\n\nx")]
    [InlineData("Content-Type: message/rfc822\n\nMessage-ID: <changed@relay.example>\nX-Original-Message-ID: <{0}>\n\nx")]
    public void The_mail_is_found_by_whatever_of_it_came_back(string original) =>
        Assert.Contains(Id, Read(Report(Failed, original: original.Replace("{0}", Id, StringComparison.Ordinal))).MessageIds);

    [Fact]
    public void The_mail_is_found_where_nothing_of_it_came_back()
    {
        Assert.Equal(
            [Id], Read(Report(Failed, head: $"In-Reply-To: <{Id}>\n", original: "Content-Type: text/plain\n\n")).MessageIds.Distinct());
        Assert.Equal(
            ["a@b.example", Id],
            Read(Report(Failed, head: $"References: <a@b.example>\n <{Id}>\n", original: "Content-Type: text/plain\n\n")).MessageIds);
        Assert.Equal(
            [Id],
            Read(Report($"X-Original-Message-ID: <{Id}>\n\n{Failed}", between: "\n", original: "Content-Type: text/plain\n\n")).MessageIds);
    }

    [Fact]
    public void A_report_on_somebodys_answer_to_an_issue_is_not_one_on_the_issue() =>
        Assert.DoesNotContain(Id, Read(Report(
            Failed, head: $"References: <{Id}> <answer@example.org>\n",
            original: "Content-Type: message/rfc822\n\nMessage-ID: <answer@example.org>\n\nx")).MessageIds);

    [Fact]
    public void The_new_kinds_of_parts_with_letters_beyond_ASCII_are_read()
    {
        var mail = Report("Final-Recipient: utf-8; jörg@example.org\nAction: failed\nStatus: 5.1.1")
            .Replace("message/delivery-status", "message/global-delivery-status", StringComparison.Ordinal);

        Assert.Equal(DeliveryFailure.NoSuchRecipient, Read(mail).Failure);
    }

    [Fact]
    public void A_report_that_a_gateway_has_wrapped_is_read()
    {
        var wrapped = Report(Failed)[Report(Failed).IndexOf("Content-Type:", StringComparison.Ordinal)..];

        Assert.Single(ReadAll(Wrap(wrapped)));
        Assert.Empty(ReadAll(Wrap($"Content-Type: message/rfc822\n\nSubject: Look what came\n{wrapped}")));

        static string Wrap(string part) => $"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out\"\n\n--out\n{part}\n--out\nContent-Type: text/plain\n\nChecked by a gateway.\n--out--\n";
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\r", "")]
    [InlineData("\n", "From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n")]
    [InlineData("\n", "\n\n")]
    [InlineData("\n", "\uFEFF")]
    public void Line_ends_and_what_tools_put_before_a_mail_do_no_harm(string lineEnd, string before) =>
        Assert.Equal([Id], Read((before + Report(Failed)).Replace("\n", lineEnd, StringComparison.Ordinal)).MessageIds);

    [Fact]
    public void An_mbox_with_several_mails_is_read_to_its_end()
    {
        const string line = "From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n";

        Assert.Equal(2, ReadAll($"{line}{Report(Failed)}\n{line}{Report(Failed)}").Count);
    }

    [Theory]
    [InlineData("abuse", BounceKind.Complaint)]
    [InlineData("Abuse ", BounceKind.Complaint)]
    [InlineData("fraud", BounceKind.Complaint)]
    [InlineData("opt-out", BounceKind.OptOut)]
    [InlineData("not-spam", null)]
    [InlineData("auth-failure", null)]
    [InlineData("virus", null)]
    internal void A_feedback_report_is_read_by_its_kind(string type, BounceKind? expected)
    {
        var reports = ReadAll(Feedback(type, "redacted-4f1a9c@example.org"));

        Assert.Equal(expected, reports.SingleOrDefault()?.Kind);
        Assert.All(reports, report => Assert.True(report.MayBeAbout("ada@example.org") && report.MessageIds.Contains(Id)));
    }

    [Fact]
    public void A_complaint_from_Hotmail_is_known_by_the_field_in_the_mail()
    {
        const string plain = "Subject: complaint\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n{0}\n--b--\n";

        Assert.Equal(BounceKind.Complaint, Read(plain.Replace(
            "{0}", Original.Replace("Message-ID:", "X-HmXmrOriginalRecipient: ada@example.org\nMessage-ID:", StringComparison.Ordinal),
            StringComparison.Ordinal)).Kind);
        Assert.Empty(ReadAll(plain.Replace("{0}", Original, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_no_mail_is_not_readable() => Assert.False(BounceFileReader.TryRead([], []));

    private static string? Field(string name, string? value) => value is null ? null : $"\n{name}: {value}";

    internal static string Report(
        string fields, string between = "\n\n", string before = "", string head = "", string? original = null) => $"""
        From: MAILER-DAEMON@mx.example
        {head}To: hello@armtwitch.test
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It did not arrive.
        --b
        Content-Type: message/delivery-status

        {before}Reporting-MTA: dns; mx.example{between}{fields}

        --b
        {original ?? Original}
        --b--

        """;

    internal static string Feedback(string type, string recipient, string? original = null) => $"""
        From: fbl@isp.example
        Subject: report
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        Somebody pressed the button.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: {type}
        User-Agent: isp/1
        Version: 1
        Original-Rcpt-To: {recipient}

        --b
        {original ?? Original}
        --b--

        """;

    private static BounceReport Read(string mail) => Assert.Single(ReadAll(mail));

    private static List<BounceReport> ReadAll(string mail)
    {
        var reports = new List<BounceReport>();
        Assert.True(BounceFileReader.TryRead(Encoding.UTF8.GetBytes(mail), reports));
        return reports;
    }
}
