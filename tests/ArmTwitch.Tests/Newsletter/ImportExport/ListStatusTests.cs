using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.Statuses;
using ArmTwitch.Newsletter.SubscriberScreens;

namespace ArmTwitch.Tests.Newsletter.ImportExport;

/// <summary>Nobody who may have left becomes a reader without a question.</summary>
public sealed class ListStatusTests
{
    private const string Consent = "consent_at,source,wording", Agreed = "2025-05-01T10:00:00Z,/newsletter,2025-01";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("status", "unsubscribed", SubscriberState.Unsubscribed)]
    [InlineData("Status", "Cancelled", SubscriberState.Unsubscribed)]
    [InlineData("email_status", "opted out", SubscriberState.Unsubscribed)]
    [InlineData("Marketing Status", "cleaned", SubscriberState.Bounced)]
    [InlineData("subscriptionStatus", "bounced", SubscriberState.Bounced)]
    [InlineData("status", "spam", SubscriberState.Complained)]
    [InlineData("status", "subscribed", SubscriberState.Confirmed)]
    [InlineData("status", "unconfirmed", SubscriberState.Pending)]
    [InlineData("subscribed", "no", SubscriberState.Unsubscribed)]
    [InlineData("Subscribed?", "FALSE", SubscriberState.Unsubscribed)]
    [InlineData("is_active", "0", SubscriberState.Unsubscribed)]
    [InlineData("Newsletter", "nein", SubscriberState.Unsubscribed)]
    [InlineData("active", "yes", SubscriberState.Confirmed)]
    [InlineData("Unsubscribed", "true", SubscriberState.Unsubscribed)]
    [InlineData("unsubscribed_at", "5/1/2024 10:05", SubscriberState.Unsubscribed)]
    [InlineData("Opt-Out", "x", SubscriberState.Unsubscribed)]
    [InlineData("Unsubscribed from all email", "true", SubscriberState.Unsubscribed)]
    [InlineData("Opted out of all email", "Yes", SubscriberState.Unsubscribed)]
    [InlineData("Unsubscribed from emails", "2024-05-01 10:05", SubscriberState.Unsubscribed)]
    [InlineData("Opted out of email: Marketing Information", "true", SubscriberState.Unsubscribed)]
    [InlineData("unsubscribed", "no", SubscriberState.Confirmed)]
    [InlineData("bounced", "yes", SubscriberState.Bounced)]
    public void The_plain_words_of_a_column_are_understood_row_by_row(string column, string cell, SubscriberState expected)
    {
        var table = Read($"email,first_name,{column},{Consent}\nada@example.org,Ada,\"{cell}\",{Agreed}\n", "list.csv");

        Assert.Equal((ListStatusSource.Columns, false), (table.ListStatus.Source, table.ListStatus.IsOpen));
        Assert.Equal(["first_name"], table.IgnoredColumns);
        Assert.Equal(expected, StatesOf(table).Single());
    }

    [Theory]
    [InlineData("status", "gold", "The column status may tell who has left, and “gold” in it is not understood.")]
    [InlineData("Account status", "inactive", "The column Account status may tell who has left, and “inactive” in it is not understood.")]
    [InlineData("Unsub tips", "twice a week", "The column Unsub tips may tell who has left, and “twice a week” in it is not understood.")]
    [InlineData("emailstatus", "7", "The column emailstatus may tell who has left, and “7” in it is not understood.")]
    [InlineData("subscribed", "", "Nothing in the file or in its name tells who these people are")]
    public void A_column_that_may_tell_who_has_left_and_is_not_understood_is_asked_about(string column, string cell, string question)
    {
        var table = $"email,{column},{Consent}\nada@example.org,{cell},{Agreed}\n";

        foreach (var name in new[] { "list.csv", "" })
        {
            var status = Read(table, name).ListStatus;
            Assert.True(status.IsOpen);
            Assert.StartsWith(question, status.Question, StringComparison.Ordinal);
        }

        Assert.Equal(SubscriberState.Confirmed, StatesOf(Read(table, "list.csv", new(SubscriberState.Confirmed))).Single());
        Assert.Equal(SubscriberState.Unsubscribed, StatesOf(Read(table, "list.csv", new(SubscriberState.Unsubscribed))).Single());
    }

    [Fact]
    public void Rows_that_say_nothing_are_asked_about_and_the_others_keep_what_they_say()
    {
        const string table = $"email,unsubscribed,{Consent}\nada@example.org,yes,{Agreed}\nbob@example.org,,{Agreed}\ncy@example.org,,{Agreed}\n";

        var open = Read(table, "list.csv");
        Assert.True(open.ListStatus.IsOpen);
        Assert.Equal("The column unsubscribed says nothing of 2 rows.", open.ListStatus.Question);
        Assert.Equal(
            [SubscriberState.Unsubscribed, SubscriberState.Confirmed, SubscriberState.Confirmed],
            StatesOf(Read(table, "list.csv", new(SubscriberState.Confirmed))));
    }

    [Theory]
    [InlineData("Free", SubscriberState.Confirmed)]
    [InlineData("Monthly paid", SubscriberState.Confirmed)]
    [InlineData("Cancelled", SubscriberState.Unsubscribed)]
    public void The_newer_export_of_Substack_tells_by_what_each_one_pays_that_it_lists_readers(string type, SubscriberState expected)
    {
        var table = Read(
            $"Email,Name,Subscription type,Activity,Subscription date,Revenue,{Consent}\nada@example.org,Ada,{type},3,2024-05-06T07:08:09.000Z,$0.00,{Agreed}\n",
            "new export.csv");

        Assert.Equal((ListStatusSource.Columns, false), (table.ListStatus.Source, table.ListStatus.IsOpen));
        Assert.Equal(expected, StatesOf(table).Single());
    }

    [Fact]
    public void A_column_beside_it_that_says_somebody_left_counts_and_a_word_that_may_mean_that_is_asked_about()
    {
        const string columns = "Email,Subscription type,Activity,Subscription date,Unsubscribed at", begun = "2024-05-06T07:08:09.000Z";

        Assert.Equal(
            SubscriberState.Unsubscribed, StatesOf(Read($"{columns}\nada@example.org,Free,3,{begun},2025-01-01\n", "list.csv")).Single());
        Assert.True(Read($"{columns}\nada@example.org,Lapsed,3,{begun},\n", "list.csv").ListStatus.IsOpen);
        Assert.True(Read($"Email,Subscription type,{Consent}\nada@example.org,Free,{Agreed}\n", "list.csv").ListStatus.IsOpen);
    }

    [Fact]
    public void A_word_that_is_not_understood_beside_others_that_are_refuses_its_row() =>
        Assert.Equal(
            [null, "Status \"lapsed\" is not understood. Write subscribed, unsubscribed or bounced."],
            Read("Email,Status\nada@example.org,active\nbob@example.org,lapsed\n", "list.csv").Rows(Now).Select(row => row.Fault));

    [Fact]
    public void Two_columns_of_one_name_that_tell_who_has_left_are_refused() =>
        Assert.Equal(
            "Two columns are called Status. Leave one.",
            Assert.Throws<FormatException>(() => Read("Email,Status,status\nada@example.org,active,left\n", "list.csv")).Message);

    [Theory]
    [InlineData("Subscription date", "2024-01-01")]
    [InlineData("Subscriber ID", "7")]
    [InlineData("Unsubscribe link", "https://example.org/u/1")]
    [InlineData("Cleaning tips", "yes")]
    [InlineData("Description", "left")]
    public void A_column_that_tells_something_else_is_not_asked_about(string column, string cell) =>
        Assert.Equal(ListStatusSource.PlainTable, Read($"email,{column}\nada@example.org,{cell}\n", "list.csv").ListStatus.Source);

    [Theory]
    [InlineData("cancelled_subscriptions.csv")]
    [InlineData("abgemeldete.csv")]
    [InlineData("Newsletter – former readers.csv")]
    [InlineData("all contacts.csv")]
    [InlineData("désinscrits.csv")]
    [InlineData("unsubscribed or bounced.csv")]
    public void A_name_with_words_that_are_not_known_is_asked_about(string name) =>
        Assert.True(Read($"email,{Consent}\nada@example.org,{Agreed}\n", name).ListStatus.IsOpen);

    [Theory]
    [InlineData("un-subscribed_members.csv")]
    [InlineData("new_subscribers.csv")]
    [InlineData("not subscribed.csv")]
    [InlineData("members_export_a1b2.csv")]
    public void Nobody_in_a_table_of_Mailchimp_is_a_reader_by_a_name_that_says_more(string name) =>
        Assert.True(Read("Email Address,OPTIN_TIME,LEID\nada@example.org,2024-03-01 10:00:00,1\n", name).ListStatus.IsOpen);

    [Theory]
    [InlineData("former_subscribers.csv", SubscriberState.Unsubscribed)]
    [InlineData("Abgemeldet.csv", SubscriberState.Unsubscribed)]
    [InlineData("opted-out.csv", SubscriberState.Unsubscribed)]
    [InlineData("bounces.csv", SubscriberState.Bounced)]
    [InlineData("complaints.csv", null)]
    [InlineData("optin.csv", null)]
    public void A_word_means_the_same_in_the_name_of_a_file_as_in_a_column(string name, SubscriberState? expected) =>
        Assert.Equal(expected, Read($"email,{Consent}\nada@example.org,{Agreed}\n", name).ListStatus.State);

    [Theory]
    [InlineData("subscribed_email_audience_export_a1b2c3.csv")]
    [InlineData("subscribed_segment_export_8888 (1).csv")]
    [InlineData("mailchimp-subscribers.csv")]
    public void A_name_of_known_words_tells_who_is_in_a_table_of_Mailchimp(string name) =>
        Assert.Equal(
            (SubscriberState.Confirmed, ListStatusSource.FileName),
            Read("Email Address,OPTIN_TIME,LEID\nada@example.org,2024-03-01 10:00:00,1\n", name).ListStatus is var status ? (status.State, status.Source) : default);

    [Fact]
    public void Of_a_merged_table_of_Mailchimp_the_cells_of_each_row_count()
    {
        const string table =
            "Email Address,Cleaning tips,LEID,UNSUB_TIME,CLEAN_TIME\nada@example.org,yes,1,,\nbob@example.org,,2,2024-05-01 10:00:00,\ncy@example.org,,3,,2024-05-01 10:00:00\n";

        Assert.True(Read(table, "list.csv").ListStatus.IsOpen);
        var read = Read(table, "subscribed.csv");
        Assert.Equal([SubscriberState.Pending, SubscriberState.Unsubscribed, SubscriberState.Bounced], StatesOf(read));
        Assert.Equal(
            "By the columns UNSUB_TIME, CLEAN_TIME, 2 of 3 rows are of people who have left, bounced or complained there. "
                + "Those do not become readers.",
            read.ListStatus.ColumnWords);
    }

    [Fact]
    public void What_columns_tell_can_be_overruled_and_only_by_saying_that()
    {
        const string table = "Email Address,LEID,UNSUB_TIME\nada@example.org,1,2024-05-01 10:00:00\n";

        var ignored = Read(table, "list.csv", new(SubscriberState.Confirmed));
        var overruled = Read(table, "list.csv", new(SubscriberState.Confirmed, IsAgainstColumns: true));

        Assert.Equal((true, false), (ignored.ListStatus.IsAnswerIgnored, ignored.ListStatus.MayImport));
        Assert.Equal(SubscriberState.Unsubscribed, StatesOf(ignored).Single());
        Assert.Equal((false, true), (overruled.ListStatus.IsAnswerIgnored, overruled.ListStatus.MayImport));
        Assert.Equal(SubscriberState.Pending, StatesOf(overruled).Single());
        Assert.Contains("UNSUB_TIME", overruled.IgnoredColumns);
    }

    [Theory]
    [InlineData("email,subscribed_to_emails,created_at\nada@example.org,,2024-01-02T03:04:05.000Z\n")]
    [InlineData("uuid,email,status,attributes\n1,ada@example.org,,{}\n")]
    public void A_row_of_a_known_program_that_does_not_say_its_state_is_asked_about(string table) =>
        Assert.True(Read(table, "list.csv").ListStatus.IsOpen);

    [Fact]
    public void Our_own_column_counts_for_every_row_and_another_that_ends_one_is_not_lost()
    {
        var table = Read(
            $"email,state,unsubscribed,{Consent}\nada@example.org,,,{Agreed}\nbob@example.org,,yes,{Agreed}\n", "abgemeldete.csv",
            new(SubscriberState.Unsubscribed));

        Assert.Equal((ListStatusSource.Rows, true), (table.ListStatus.Source, table.ListStatus.IsAnswerIgnored));
        Assert.Equal([SubscriberState.Confirmed, SubscriberState.Unsubscribed], StatesOf(table));
    }

    [Fact]
    public void What_is_said_of_many_pending_rows_is_true_of_each()
    {
        Assert.Equal("The file does not say when they agreed", Why(ConsentGaps.Time));
        Assert.Equal("The file does not say of everybody when and to which words they agreed", Why(ConsentGaps.Time, ConsentGaps.Wording));
        Assert.Equal("The file says so, or the file does not say of everybody where they agreed", Why(ConsentGaps.None, ConsentGaps.Source));
        Assert.Equal("They never confirmed there", Why(ConsentGaps.Confirmation));
        Assert.Null(Why());

        static string? Why(params ConsentGaps[] missing) => SubscriberLabels.WhyPending(missing.ToHashSet());
    }

    private static SubscriberState[] StatesOf(SubscriberCsvReader table) => [.. table.Rows(Now).Select(row => row.Subscriber!.State)];

    private static SubscriberCsvReader Read(string table, string name, ListStatusAnswer? answer = null) =>
        SubscriberCsvReader.Read(() => new StringReader(table), consent: null, name, answer, Stop);
}
