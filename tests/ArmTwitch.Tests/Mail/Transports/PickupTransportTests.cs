using ArmTwitch.Data;

namespace ArmTwitch.Tests.Mail.Transports;

public sealed class PickupTransportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>In characters (RFC 5322, 2.1.1).</summary>
    private const int LongestLine = 998;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Without_a_server_every_mail_is_a_file_that_mail_programs_read(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        var mail = await site.QueueAsync();

        var sent = Assert.Single(await site.SendMailsAsync(Cancel));

        Assert.Equal(mail.MessageId, sent.MessageId);
        Assert.Equal(("ArmTwitch", "no-reply@armtwitch.test"), (sent.From.Mailboxes.Single().Name, sent.From.Mailboxes.Single().Address));
        Assert.Equal("Plain words.\n.A line with a dot.", sent.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(site.DataFolder, "mail")),
            file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Here it is:\nhttps://armtwitch.test/newsletter/confirm?token=abc", true)]
    [InlineData("Beyond ASCII: …", false)]
    [InlineData("A lone \r in a line", false)]
    [InlineData(null, false)]
    public async Task The_file_of_a_plain_mail_holds_its_text_unencoded(string? text, bool isAsWritten)
    {
        using var site = new TestSite().Start();
        var words = text ?? new string('a', LongestLine + 1);
        await site.QueueAsync(text: words);

        var sent = Assert.Single(await site.SendMailsAsync(Cancel));

        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(site.DataFolder, "mail")));
        Assert.Equal(
            isAsWritten, (await File.ReadAllTextAsync(file, Cancel)).ReplaceLineEndings("\n").Contains(words, StringComparison.Ordinal));
        Assert.Equal(words.ReplaceLineEndings("\n"), sent.TextBody!.ReplaceLineEndings("\n").TrimEnd());
    }
}
