using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>What needs a confirmation before it is done.</summary>
public abstract class DecisionRiskTests(DatabaseKind database) : ModerationTestBase(database)
{
    /// <summary>
    /// Every decision that a moderator can make, in the sentence of the reason and in other words, but for those that publish and the
    /// refusal that helps.
    /// </summary>
    public static TheoryData<DecisionKind, RefusalReason?, string?> WaysOfPuttingAway
    {
        get
        {
            var ways = new TheoryData<DecisionKind, RefusalReason?, string?>();
            foreach (var reason in Enum.GetValues<RefusalReason>())
            {
                ways.Add(DecisionKind.Reject, reason, "Not for this page.");
                if (reason is not (RefusalReason.Safeguarding or RefusalReason.Other))
                    ways.Add(DecisionKind.Reject, reason, null);
            }

            foreach (var kind in CommentDecision.KindsByModerators.Except(
                [DecisionKind.Approve, DecisionKind.ApproveRedacted, DecisionKind.Reject]))
                ways.Add(kind, null, null);
            return ways;
        }
    }

    [Theory]
    [InlineData("I want to end my life.", FlagLevel.Crisis, DecisionRiskKinds.Crisis, "it speaks of ending life")]
    [InlineData("Ring me on 07700 900123.", FlagLevel.Ordinary, DecisionRiskKinds.PersonalData, "it holds a phone number")]
    [InlineData("Write to ada@example.org or ring 07700 900123.", FlagLevel.Ordinary, DecisionRiskKinds.PersonalData, "it holds an e-mail address and a phone number")]
    [InlineData("My card is 4111 1111 1111 1111.", FlagLevel.Ordinary, DecisionRiskKinds.PersonalData, "it holds a number by which a person can be found")]
    [InlineData("I want to end my life. 07700 900123", FlagLevel.Crisis, DecisionRiskKinds.Crisis
        | DecisionRiskKinds.PersonalData, "it speaks of ending life and it holds a phone number")]
    public async Task A_risk_has_to_be_named_before_a_comment_is_published(
        string text, FlagLevel level, DecisionRiskKinds risks, string although)
    {
        var comment = await Site.WriteAsync(text, level: level);

        var first = await DecideAsync(comment, Decision.Approve);
        Assert.Equal(new DecisionResult(DecisionOutcome.NeedsConfirmation, Risk: new(DecisionKind.Approve, risks, although)), first);
        foreach (var other in (DecisionRiskKinds[])[DecisionRiskKinds.Crisis, DecisionRiskKinds.PersonalData])
        {
            if (!other.HasFlag(risks))
                Assert.Equal(DecisionOutcome.NeedsConfirmation, (await DecideAsync(comment, Decision.Approve.WithAcknowledgedRisk(other))).Outcome);
        }

        Assert.Empty(await Site.HistoryAsync(comment.Id));
        Assert.Null((await Site.ReadAsync(comment.Id)).ShownText);

        Assert.Equal(
            DecisionOutcome.Done,
            (await DecideAsync(comment, Decision.Approve.WithAcknowledgedRisk(risks))).Outcome);
        Assert.StartsWith("despite", Assert.Single(await Site.HistoryAsync(comment.Id)).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redaction_of_personal_data_needs_no_confirmation_and_a_crisis_still_does()
    {
        var phone = await Site.WriteAsync("Ring me on 07700 900123.");
        var crisis = await Site.WriteAsync("I want to end my life. 07700 900123", level: FlagLevel.Crisis);

        var first = await DecideAsync(phone, Decision.ApproveRedacted(new Redaction(11, 12, RemovedKind.PhoneNumber)));
        var second = await DecideAsync(crisis, Decision.ApproveRedacted(new Redaction(23, 12, RemovedKind.PhoneNumber)));

        Assert.Equal((DecisionOutcome.Done, DecisionOutcome.NeedsConfirmation), (first.Outcome, second.Outcome));
        Assert.Equal(DecisionRiskKinds.Crisis, second.Risk!.Kinds);
    }

    [Theory]
    [MemberData(nameof(WaysOfPuttingAway))]
    public async Task Every_way_of_putting_a_crisis_away_without_help_asks_once(DecisionKind kind, RefusalReason? reason, string? words)
    {
        var decision = WayOf(kind, reason, words);
        var comment = await Site.WriteAsync(
            "I want to end my life.", level: FlagLevel.Crisis,
            status: kind is DecisionKind.Remove ? CommentStatus.Approved : CommentStatus.Pending,
            shownText: kind is DecisionKind.Remove ? "I want to end my life." : null);

        var first = await DecideAsync(comment, decision);
        Assert.Equal(
            new DecisionResult(DecisionOutcome.NeedsConfirmation, Risk: new(kind, DecisionRiskKinds.Crisis, "it speaks of ending life")), first);
        Assert.Empty(await Site.HistoryAsync(comment.Id));

        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, decision.WithAcknowledgedRisk(first.Risk!.Kinds))).Outcome);
        Assert.Contains("despite crisis", Assert.Single(await Site.HistoryAsync(comment.Id)).ReasonInWords(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("We are sorry. If somebody is in danger now, call the emergency number. We cannot show it here.")]
    public async Task A_refusal_that_says_where_help_is_asks_nothing(string? words)
    {
        var comment = await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);

        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, Decision.Reject(RefusalReason.Safeguarding, words))).Outcome);
    }

    [Fact]
    public async Task Personal_data_that_nobody_will_see_asks_nothing()
    {
        var comment = await Site.WriteAsync("Ring me on 07700 900123.");

        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, Decision.Spam)).Outcome);
    }

    [Fact]
    public async Task A_crisis_that_no_rule_could_check_needs_confirmation_too()
    {
        var comment = await Site.WriteAsync(level: FlagLevel.Crisis, rules: Flag.CouldNotCheck);

        var result = await DecideAsync(comment, Decision.Approve);

        Assert.Equal("it could not be checked whether it speaks of ending life", result.Risk!.Although);
        Assert.Equal(
            DecisionOutcome.Done,
            (await DecideAsync(comment, Decision.Reject(RefusalReason.Safeguarding))).Outcome);
    }

    private static Decision WayOf(DecisionKind kind, RefusalReason? reason, string? words) => kind switch
    {
        DecisionKind.Spam => Decision.Spam,
        DecisionKind.Remove => Decision.Remove,
        DecisionKind.Reject => Decision.Reject(reason!.Value, words),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

public sealed class DecisionRiskTestsOnSqlite() : DecisionRiskTests(DatabaseKind.Sqlite);

public sealed class DecisionRiskTestsOnPostgres() : DecisionRiskTests(DatabaseKind.Postgres);
