using System.Text.RegularExpressions;
using ArmTwitch.Tests.Comments.Authors;
using ArmTwitch.Tests.Feedback;
using ArmTwitch.Tests.Moderation.Teamwork;
using ArmTwitch.Tests.Newsletter.Issues;
using ArmTwitch.Tests.Newsletter.Subscribing;
using ArmTwitch.Tests.Operations;

namespace ArmTwitch.Tests.Privacy;

/// <summary>Each promise of the privacy page is held by a test. Whoever writes a new one there names its test here.</summary>
public sealed partial class PrivacyPageTests
{
    /// <summary>In a browser, and so in another project.</summary>
    private const string InBrowser = "NoTrackingTests.A_page_runs_nothing_keeps_nothing_and_asks_nobody_else";

    private const string KeptTooLong = nameof(RetentionPromiseTests) + "."
        + nameof(RetentionPromiseTests.Nothing_is_kept_longer_than_was_promised);

    /// <summary>What begins a promise of the page, and the test that holds it; empty for what only the operator can promise.</summary>
    private static readonly Dictionary<string, string> Promises = new()
    {
        ["No account."] = nameof(Pages.RouteTests) + "." + nameof(Pages.RouteTests.Each_address_answers_as_the_contract_says),
        ["No cookie."] = InBrowser,
        ["No script."] = InBrowser,
        ["No tracker."] = InBrowser,
        ["No other sites."] = InBrowser,
        ["Your name"] = nameof(AuthorActionTests) + "." + nameof(AuthorActionTests.Erased_words_are_nowhere_in_the_database),
        ["Your e-mail address"] = KeptTooLong,
        ["A page of your own."] = nameof(AuthorPageTests) + "." + nameof(AuthorPageTests.The_authors_page_ends_after_30_days),
        ["Taking it back"] = KeptTooLong,
        ["A comment that was refused"] = KeptTooLong,
        ["Erasing"] = nameof(SecureDeleteTests) + "." + nameof(SecureDeleteTests.An_erased_comment_is_in_no_byte_of_the_database),
        ["If you report a comment"] = KeptTooLong,
        ["Your answer and your note"] = nameof(FeedbackTests) + "." + nameof(FeedbackTests.Answers_are_deleted_after_their_time),
        ["We do not keep who you are."] = nameof(PrivacyInventoryTests) + "."
            + nameof(PrivacyInventoryTests.Every_text_or_bytes_column_is_in_the_inventory_or_holds_no_personal_data),
        ["Your network address"] = KeptTooLong,
        ["Other comments of that day."] = nameof(EscalationServiceTests) + "."
            + nameof(EscalationServiceTests.Other_comments_of_the_last_day_from_the_same_network_or_address_are_counted_and_listed),
        ["Your address"] = KeptTooLong,
        ["What you agreed to."] = nameof(ConfirmationTests) + "."
            + nameof(ConfirmationTests.A_signup_counts_only_after_the_button_behind_the_link_was_pressed),
        ["What you do with the mails"] = nameof(IssueSchedulerTests) + "."
            + nameof(IssueSchedulerTests.An_issue_goes_once_to_everybody_who_has_confirmed_and_is_then_on_the_web),
        ["What we sent."] = KeptTooLong,
        ["Leaving"] = nameof(UnsubscribeTests) + "."
            + nameof(UnsubscribeTests.A_mail_program_leaves_with_one_click_without_cookie_or_origin),
        ["Seeing and erasing."] = nameof(UnsubscribeTests) + "." + nameof(UnsubscribeTests.A_mailed_link_shows_what_is_kept_for_an_hour),
        ["After erasing"] = nameof(UnsubscribeTests) + "."
            + nameof(UnsubscribeTests.Erasing_leaves_scrambled_forms_and_dates_and_nothing_else),
        ["If you wrote comments, too"] = nameof(RetentionPromiseTests) + "."
            + nameof(RetentionPromiseTests.Erasing_an_address_leaves_none_of_it_anywhere),
        ["What is in one."] = nameof(RestoredCommentsTests) + "."
            + nameof(RestoredCommentsTests.A_restored_site_continues_from_the_backup_and_the_old_database_is_kept_whole),
        ["When one is put back."] = nameof(RestoredCommentsTests) + "."
            + nameof(RestoredCommentsTests.A_comment_that_was_taken_off_the_page_since_the_backup_stays_off),
        ["If it cannot look there"] = nameof(RestoreTests) + "."
            + nameof(RestoreTests.Nothing_comes_over_from_the_database_of_another_site),
        ["How long one is kept"] = "",
    };

    [Fact]
    public void Every_promise_of_the_privacy_page_has_a_test()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryPaths.Content, "pages", "privacy.md"));

        Assert.Equal(
            Promises.Keys.Order(StringComparer.Ordinal),
            Promise().Matches(page).Select(promise => promise.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Times_on_the_privacy_page_are_those_of_the_rules()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryPaths.Content, "pages", "privacy.md"));

        Assert.Equal(30, ArmTwitch.Comments.Retention.CommentRetentionRules.WordsLife.Days);
        Assert.Contains(
            $"We keep spam for {ArmTwitch.Comments.Retention.CommentRetentionRules.SpamLife.Days} days", page, StringComparison.Ordinal);
        Assert.Contains($"It is deleted after {ArmTwitch.Comments.Retention.CommentRetentionRules.ReportLife.Days} days, or as soon as a moderator has looked", page, StringComparison.Ordinal);
        Assert.Contains(
            $"and for {ArmTwitch.Newsletter.Retention.NewsletterRetentionRules.LeftLife.Days} days after you leave", page,
            StringComparison.Ordinal);
        Assert.Contains(
            $"For {ArmTwitch.Mail.Retention.MailRetentionRules.MailLife.Days} days after an issue", page, StringComparison.Ordinal);
        Assert.Contains(
            $"it is deleted after {ArmTwitch.Newsletter.Subscribing.ConfirmationService.LinkLife.Days} days", page,
            StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^- \*\*(.+?)\*\*", RegexOptions.Multiline)]
    private static partial Regex Promise();
}
