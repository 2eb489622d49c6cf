using System.Text;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;

namespace ArmTwitch.Tests.Newsletter.ImportExport;

/// <summary>Tables as other programs and spreadsheets write them.</summary>
public sealed class SubscriberCsvReaderTests
{
    private const string Header = "email,state,consent_at,source,wording", Consent = "2025-05-01T10:00:00Z,/newsletter,2025-01";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Mailchimp", "Email Address,First Name,OPTIN_TIME,CONFIRM_TIME,LEID,EUID,NOTES", "ada@example.org,Ada,2024-03-01 10:00:00,2024-03-01 10:02:00,1,a1,", SubscriberState.Pending)]
    [InlineData("Mailchimp", "Email Address,OPTIN_TIME,UNSUB_TIME,UNSUB_REASON,LEID,EUID", "ada@example.org,2024-03-01 10:00:00,2024-05-01 10:00:00,N/A,1,a1", SubscriberState.Unsubscribed)]
    [InlineData("Mailchimp", "Email Address,OPTIN_TIME,CLEAN_TIME,LEID,EUID", "ada@example.org,2024-03-01 10:00:00,2024-05-01 10:00:00,1,a1", SubscriberState.Bounced)]
    [InlineData("Mailchimp", "Email Address,First Name,UNSUB_REASON", "ada@example.org,Ada,N/A", SubscriberState.Unsubscribed)]
    [InlineData("Mailchimp", "Email Address,LEID,CLEAN_CAMPAIGN_TITLE", "ada@example.org,1,May", SubscriberState.Bounced)]
    [InlineData("Substack", "Email,Name,Subscription type,Activity,Subscription date,Revenue", "ada@example.org,Ada,Free,3,2024-05-06T07:08:09.000Z,$0.00", SubscriberState.Pending)]
    [InlineData("Substack", "email,active_subscription,expiry,plan,email_disabled,created_at", "ada@example.org,false,,other,true,2023-05-06T07:08:09.000Z", SubscriberState.Unsubscribed)]
    [InlineData("Substack", "email,active_subscription,expiry,plan,email_disabled,created_at", "ada@example.org,false,,other,false,2023-05-06T07:08:09.000Z", SubscriberState.Pending)]
    [InlineData("Ghost", "id,email,name,note,subscribed_to_emails,created_at,deleted_at", "1,ada@example.org,Ada,,true,2024-01-02T03:04:05.000Z,", SubscriberState.Pending)]
    [InlineData("Ghost", "id,email,name,note,subscribed_to_emails,created_at,deleted_at", "1,ada@example.org,Ada,\"left, twice\",false,2024-01-02T03:04:05.000Z,", SubscriberState.Unsubscribed)]
    [InlineData("Ghost", "id,email,name,note,subscribed_to_emails,created_at,deleted_at", "1,ada@example.org,Ada,,true,2024-01-02T03:04:05.000Z,2025-01-02T03:04:05.000Z", SubscriberState.Unsubscribed)]
    [InlineData("listmonk", "uuid,email,name,attributes,status,created_at", "1,ada@example.org,Ada,\"{\"\"city\"\": \"\"Bonn\"\"}\",enabled,2024-01-02", SubscriberState.Pending)]
    [InlineData("listmonk", "uuid,email,name,attributes,status,created_at", "1,ada@example.org,Ada,{},blocklisted,2024-01-02", SubscriberState.Unsubscribed)]
    [InlineData("Buttondown", "email,notes,tags,creation_date,secondary_id,type,source", "ada@example.org,,[],2024-01-02 03:04:05.678+00:00,1,regular,organic", SubscriberState.Pending)]
    [InlineData("Buttondown", "email,notes,tags,creation_date,secondary_id,type,source", "ada@example.org,,[],2024-01-02 03:04:05.678+00:00,1,unsubscribed,organic", SubscriberState.Unsubscribed)]
    [InlineData("Buttondown", "email,notes,tags,creation_date,secondary_id,type,source", "ada@example.org,,[],2024-01-02 03:04:05.678+00:00,1,undeliverable,organic", SubscriberState.Bounced)]
    [InlineData("Beehiiv", "Email,Status,Tier,Subscribed At,UTM Source", "ada@example.org,active,free,2024-01-02 03:04:05 UTC,", SubscriberState.Pending)]
    [InlineData("Beehiiv", "Email,Status,Tier,Subscribed At,UTM Source", "ada@example.org,inactive,free,2024-01-02 03:04:05 UTC,", SubscriberState.Unsubscribed)]
    public void An_export_of_another_program_is_known_by_its_columns(string program, string header, string row, SubscriberState expected)
    {
        var table = SubscriberCsvReader.Parse($"{header}\n{row}\n");

        Assert.Equal(program, table.SourceName);
        Assert.Equal(("ada@example.org", expected), table.Rows(Now).Select(one => (one.Subscriber!.Key, one.Subscriber.State)).Single());
        Assert.NotEmpty(table.IgnoredColumns);
    }

    [Fact]
    public void Columns_that_mean_nothing_here_are_named() =>
        Assert.Equal(
            ["First Name", "City"], SubscriberCsvReader.Parse("Email,First Name,City,Source\nada@example.org,Ada,Bonn,\n").IgnoredColumns);

    [Theory]
    [InlineData("sep=,\r\nemail,state,consent_at,source,wording\r\nada@example.org,confirmed,{0}\r\n", 3)]
    [InlineData("sep=;\nemail;state;consent_at;source;wording\nada@example.org;confirmed;{0}\n", 3)]
    [InlineData("email;state;consent_at;source;wording\nada@example.org;confirmed;{0}\n", 2)]
    [InlineData("email\tstate\tconsent_at\tsource\twording\nada@example.org\tconfirmed\t{0}\n", 2)]
    [InlineData("\"email\",\"state\",\"consent_at\",\"source\",\"wording\"\n\n  \n\"ada@example.org \",\"Confirmed\",{0}", 4)]
    public void Separators_and_empty_lines_of_spreadsheets_are_read(string text, int line)
    {
        var separator = text.Contains('\t') ? "\t" : text.Contains(";state", StringComparison.Ordinal) ? ";" : ",";

        var row = Assert.Single(SubscriberCsvReader.Parse(text.Replace(
            "{0}", Consent.Replace(",", separator, StringComparison.Ordinal), StringComparison.Ordinal)).Rows(Now));

        Assert.Equal((line, "ada@example.org", SubscriberState.Confirmed), (row.Line, row.Subscriber!.Key, row.Subscriber.State));
    }

    [Fact]
    public void UTF_8_and_UTF_16_with_byte_order_marks_are_read_other_encodings_reported()
    {
        const string text = "email,source\nada@example.org,Straße\n";

        foreach (var encoding in new Encoding[]
        {
            new UTF8Encoding(true),
            new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            new UnicodeEncoding(bigEndian: true, byteOrderMark: true)
        })
            Assert.Equal(text, Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
        Assert.Equal(text, Decode(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(
            "Line 2: the table is not UTF-8; it looks like Windows-1252",
            Assert.Throws<FormatException>(() => Decode(Encoding.Latin1.GetBytes(text))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "UTF-16 without its mark",
            Assert.Throws<FormatException>(() => Decode(Encoding.Unicode.GetBytes("email\nada@example.org\n"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The table is empty.")]
    [InlineData("\n \n", "The table is empty.")]
    [InlineData("name,phone\nAda,1\n", "The first line must name the columns")]
    [InlineData("email,Email,state\na@example.org,b@example.org,\n", "Two columns are called email.")]
    [InlineData("Email,City,State\nada@example.org,Reno,NV\nbob@example.org,Oslo,\n", "Line 2: the column state holds no states but \"NV\"")]
    [InlineData(Header + "\nada@example.org,confirmed,2025-01-01,\"/newsletter,w\nbob@example.org,confirmed,2025-01-01,/newsletter,w\n", "Line 2: a quote")]
    [InlineData(Header + "\nada@example.org,,,,\nbob@example.org,,,\"two\nlines\",\"x\ncy@example.org,,,,\n", "Line 4: a quote")]
    [InlineData(Header + "\nada@example.org,,,\"x\"y,\n", "Line 2: a quote")]
    public void A_table_that_cannot_be_read_safely_is_refused_in_one_sentence(string text, string expected) =>
        Assert.StartsWith(
            expected, Assert.Throws<FormatException>(() => SubscriberCsvReader.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("mailto:ada@example.org,,,,", "no e-mail address")]
    [InlineData("\"Ada <ada@example.org>\",,,,", "no e-mail address")]
    [InlineData("ada@example.org;bob@example.org,,,,", "no e-mail address")]
    [InlineData("ad\u200Ba@example.org,,,,", "An invisible character stands in it")]
    [InlineData("\"ad\na@example.org\",,,,", "no e-mail address")]
    [InlineData("'ada@example.org,,,,", "An apostrophe")]
    [InlineData("ada@example.org,,,,,extra", "The line has 6 cells")]
    [InlineData("ada@example.org,activ,,,", "There is no state \"activ\". Did you mean active?")]
    [InlineData("ada@example.org,lost,,,", "There is no state \"lost\". A state is")]
    [InlineData("ada@example.org,,03/04/2024,x,y", "cannot be read as one time")]
    [InlineData("ada@example.org,,1 May 2025,x,y", "cannot be read as one time")]
    [InlineData("ada@example.org,,2025-13-01,x,y", "cannot be read as one time")]
    [InlineData("ada@example.org,,2099-01-01,x,y", "has not come yet")]
    public void What_is_wrong_with_a_row_is_reported_in_one_line(string row, string expected)
    {
        var read = SubscriberCsvReader.Parse($"{Header}\n{row}\nbob@example.org,UNSUBSCRIBED,,,\n").Rows(Now).ToList();

        Assert.Equal((2, null), (read[0].Line, read[0].Subscriber));
        Assert.Contains(expected, read[0].Fault, StringComparison.Ordinal);
        Assert.Equal(SubscriberState.Unsubscribed, read[1].Subscriber!.State);
    }

    [Theory]
    [InlineData("2025-05-01")]
    [InlineData("2025-05-01T10:00Z")]
    [InlineData("2025-05-01 10:00:00")]
    [InlineData("2025-05-01 10:00:00 UTC")]
    [InlineData("2025-05-01T10:00:00.678901+02:00")]
    public void A_time_of_ISO_8601_is_read(string time) =>
        Assert.Equal(
            SubscriberState.Confirmed,
            SubscriberCsvReader.Parse($"{Header}\nada@example.org,,{time},x,y\n").Rows(Now).Single().Subscriber!.State);

    [Theory]
    [InlineData("PK\x03\x04....member_export.csv", "This is a ZIP file. Unpack it")]
    [InlineData("PK\x03\x04....[Content_Types].xml", "This is an Excel workbook, not a table of text. Open it, save it as \"CSV UTF-8\"")]
    [InlineData("PK\x03\x04....xl/workbook.xml", "This is an Excel workbook")]
    [InlineData("PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "This is a workbook of LibreOffice")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1....", "This is an old Excel workbook (.xls)")]
    [InlineData("7z\u00bc\u00af\u0027\u001c", "This file is an archive")]
    [InlineData("Rar!\u001a\u0007", "This file is an archive")]
    [InlineData("%PDF-1.7", "This is a PDF. Export the list from the other program as a table (CSV)")]
    [InlineData("\u0089PNG\r\n", "This is a picture")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "This is a picture")]
    [InlineData("GIF89a", "This is a picture")]
    [InlineData("{\\rtf1", "This is a document with formatting (RTF)")]
    [InlineData("e\0m\0a\0i\0l\0", "The table is in UTF-16 without its mark")]
    [InlineData("\x1f\u008b....", "This file is compressed (gzip)")]
    public void What_is_no_table_is_named(string start, string expected) =>
        Assert.StartsWith(
            expected, Assert.Throws<FormatException>(() => Decode(Encoding.Latin1.GetBytes(start))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_letter_of_another_encoding_is_found_behind_a_megabyte()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes("email\n" + string.Concat(Enumerable.Repeat("müller@example.org\n", 70_000))), 0xFC, (byte)'\n'];

        Assert.StartsWith("Line 70002: the table is not UTF-8", Assert.Throws<FormatException>(() => Decode(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0ada@example.org,,,,")]
    [InlineData("ada@example.org,,2025-05-01,a\0b,x")]
    public void A_NUL_refuses_its_row_alone(string row)
    {
        var rows = SubscriberCsvReader.Parse($"{Header}\nada@example.org,,,,\n{row}\nbob@example.org,,,,\n").Rows(Now).ToList();

        Assert.Equal([null, "A NUL character stands in this line, which no text has. Export the list again, or type the line anew.", null], rows.Select(one => one.Fault));
        Assert.Equal(3, rows[1].Line);
    }

    [Fact]
    public void A_cell_of_a_megabyte_is_refused_with_its_line() =>
        Assert.Equal(
            "Line 3: a cell has more than 100,000 characters, or its quote is not closed. Nothing is taken.",
            Assert.Throws<FormatException>(() => SubscriberCsvReader.Parse(
                $"{Header}\nada@example.org,,,,\nbob@example.org,,,{new string('x', 1_000_000)},\n")).Message);

    [Fact]
    public void Ten_thousand_columns_are_read()
    {
        var table = SubscriberCsvReader.Parse(
            $"email,{string.Join(',', Enumerable.Range(1, 9_999).Select(number => $"c{number}"))}\nada@example.org{new string(',', 9_999)}\n");

        Assert.Equal("ada@example.org", table.Rows(Now).Single().Subscriber!.Key);
        Assert.EndsWith(
            "c100 and 9,899 more columns.", new SubscriberImportReport(table).UnreadWords, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_end_with_a_carriage_return_alone_are_read() =>
        Assert.Equal(
            [(2, "ada@example.org"), (3, "bob@example.org")],
            SubscriberCsvReader.Parse("email\rada@example.org\rbob@example.org\r").Rows(Now).Select(row => (row.Line, row.Subscriber!.Key!)));

    [Theory]
    [InlineData("Email Address,OPTIN_TIME,CONFIRM_TIME,LEID,EUID", "ada@example.org,2024-03-01 10:00:00,2024-03-01 10:02:00,1,a1", "2024-03-01T10:00")]
    [InlineData("Email Address,OPTIN_TIME,CONFIRM_TIME,LEID,EUID", "ada@example.org,,2024-03-01 10:02:00,1,a1", "2024-03-01T10:02")]
    [InlineData("Email,Subscription type,Activity,Subscription date", "ada@example.org,Free,3,2024-05-06T07:08:09.000Z", "2024-05-06T07:08")]
    [InlineData("email,subscribed_to_emails,created_at", "ada@example.org,true,2024-01-02T03:04:05.000Z", "2024-01-02T03:04")]
    [InlineData("email,secondary_id,type,creation_date", "ada@example.org,1,regular,2024-01-02 03:04:05.678+00:00", "2024-01-02T03:04")]
    [InlineData("Email,Status,Tier,Subscribed At", "ada@example.org,active,free,2024-01-02 03:04:05 UTC", "2024-01-02T03:04")]
    [InlineData("email,consent_at,source,wording", "ada@example.org,2025-05-01T10:00:00Z,x,y", "2025-05-01T10:00")]
    [InlineData("email", "ada@example.org", "2026-11-22T12:00")]
    public void The_first_sign_up_is_the_one_that_the_list_tells(string header, string row, string expected) =>
        Assert.StartsWith(
            expected,
            SubscriberCsvReader.Parse($"{header}\n{row}\n").Rows(Now).Single().Subscriber!.CreatedAt.ToString("o"), StringComparison.Ordinal);

    [Theory]
    [InlineData("ada@example.org,2024-03-01 10:00:00,2024-03-01 10:02:00,1,a1", "2024-03-01T10:02", SubscriberState.Confirmed)]
    [InlineData("ada@example.org,2024-03-01 10:00:00,,1,a1", "2024-03-01T10:00", SubscriberState.Confirmed)]
    [InlineData("ada@example.org,,,1,a1", null, SubscriberState.Pending)]
    public void What_an_editor_says_of_a_whole_list_holds_from_the_confirmation_that_it_tells(string row, string? at, SubscriberState expected)
    {
        var table = SubscriberCsvReader.Read(
            () => new StringReader($"Email Address,OPTIN_TIME,CONFIRM_TIME,LEID,EUID\n{row}\n"),
            new SubscriberImportConsent("old-site", "2024"), cancellationToken: TestContext.Current.CancellationToken);

        var one = table.Rows(Now).Single().Subscriber!;

        Assert.Equal((expected, at, at is null ? null : "old-site"), (one.State, one.ConfirmedAt?.ToString("yyyy-MM-ddTHH:mm"), one.Page));
    }

    [Theory]
    [InlineData("Email Address,CONFIRM_TIME,LEID,EUID", "ada@example.org,5/1/2024 10:05,1,a1", "CONFIRM_TIME \"5/1/2024 10:05\" cannot be read as one time.", true)]
    [InlineData("Email Address,OPTIN_TIME,CONFIRM_TIME", "ada@example.org,2024-03-01 10:00:00,45352.4", "CONFIRM_TIME \"45352.4\" cannot be read as one time.", true)]
    [InlineData("Email Address,OPTIN_TIME,CONFIRM_TIME,LEID,EUID", "ada@example.org,2030-03-01 10:00:00,,1,a1", "OPTIN_TIME \"2030-03-01 10:00:00\" has not come yet", true)]
    [InlineData("email,subscribed_to_emails,created_at", "ada@example.org,true,2 January 2024", "created_at \"2 January 2024\" cannot be read as one time.", true)]
    [InlineData("email,consent_at,source,wording", "ada@example.org,1/5/2025,x,y", "consent_at \"1/5/2025\" cannot be read as one time.", true)]
    [InlineData("email,subscribed_to_emails,created_at", "ada@example.org,WAHR,2024-01-02", "subscribed_to_emails \"WAHR\" is neither true nor false.", false)]
    public void A_cell_that_is_not_understood_refuses_its_row_and_never_counts_as_empty(string header, string row, string expected, bool isTime)
    {
        var read = SubscriberCsvReader.Parse($"{header}\n{row}\n").Rows(Now).Single();

        Assert.Null(read.Subscriber);
        Assert.StartsWith(expected, read.Fault, StringComparison.Ordinal);
        Assert.Equal(isTime, read.HasWrongTime);
    }

    [Fact]
    public void Who_has_left_is_not_lost_for_a_time_that_a_spreadsheet_has_changed() =>
        Assert.Equal(
            SubscriberState.Unsubscribed,
            SubscriberCsvReader.Parse("Email Address,OPTIN_TIME,UNSUB_TIME\nada@example.org,5/1/2024 10:05,6/1/2024 10:05\n")
                .Rows(Now).Single().Subscriber!.State);

    [Theory]
    [InlineData("Email Address,First Name,CONFIRM_TIME", "Mailchimp", true)]
    [InlineData("E-mail,First Name,CONFIRM_TIME", "Mailchimp", true)]
    [InlineData("E-Mail Address,First Name,City", null, false)]
    [InlineData("EMAIL,First Name,City", null, false)]
    public void A_table_whose_technical_columns_were_deleted_is_read_too(string header, string? program, bool saysWhen)
    {
        var table = SubscriberCsvReader.Parse($"{header}\nada@example.org,Ada,2024-03-01 10:02:00\n");

        Assert.Equal((program, saysWhen, "First Name"), (table.SourceName, table.SaysWhen, table.IgnoredColumns[0]));
        Assert.Equal("ada@example.org", table.Rows(Now).Single().Subscriber!.Key);
    }

    [Theory]
    [InlineData("Contact,Phone\nada@example.org,1\n", "The first line must name the columns, and one of them email. It has: Contact, Phone.")]
    [InlineData("ada@example.org,Ada\n", "The first line must name the columns, and holds an address already.")]
    [InlineData("Contact,Phone\n\"ada@example.org,1\n", "Line 2: a quote stands where none can, or is not closed. Nothing is taken. The first line must")]
    [InlineData("\"Email Address,Phone\nada@example.org,1\n", "Line 1: a quote stands where none can, or is not closed.")]
    public void Of_a_table_without_addresses_it_is_told_what_its_first_line_has(string text, string expected) =>
        Assert.StartsWith(
            expected, Assert.Throws<FormatException>(() => SubscriberCsvReader.Parse(text)).Message, StringComparison.Ordinal);

    private static string Decode(byte[] file)
    {
        using var stream = new MemoryStream(file);
        SubscriberFileEncoding.Check(stream);
        using var reader = SubscriberFileEncoding.Open(stream);
        return reader.ReadToEnd();
    }
}
