using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>What needs a confirmation before it is published.</summary>
public abstract class PublishingRiskTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Theory]
    [InlineData("I want to end my life.", FlagLevel.Crisis, PublishingRiskKinds.Crisis, "it speaks of ending life")]
    [InlineData("Ring me on 07700 900123.", FlagLevel.Ordinary, PublishingRiskKinds.PersonalData, "it holds a phone number")]
    [InlineData("Write to ada@example.org or ring 07700 900123.", FlagLevel.Ordinary, PublishingRiskKinds.PersonalData, "it holds an e-mail address and a phone number")]
    [InlineData("My card is 4111 1111 1111 1111.", FlagLevel.Ordinary, PublishingRiskKinds.PersonalData, "it holds a number by which a person can be found")]
    [InlineData("I want to end my life. 07700 900123", FlagLevel.Crisis, PublishingRiskKinds.Crisis
        | PublishingRiskKinds.PersonalData, "it speaks of ending life and it holds a phone number")]
    public async Task A_risk_has_to_be_named_before_a_comment_is_published(
        string text, FlagLevel level, PublishingRiskKinds risks, string although)
    {
        var comment = await Site.WriteAsync(text, level: level);

        var first = await DecideAsync(comment, Decision.Approve);
        Assert.Equal(new DecisionResult(DecisionOutcome.NeedsConfirmation, Risk: new(risks, although)), first);
        foreach (var other in (PublishingRiskKinds[])[PublishingRiskKinds.Crisis, PublishingRiskKinds.PersonalData])
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
        Assert.Equal(PublishingRiskKinds.Crisis, second.Risk!.Kinds);
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
}

public sealed class PublishingRiskTestsOnSqlite() : PublishingRiskTests(DatabaseKind.Sqlite);

public sealed class PublishingRiskTestsOnPostgres() : PublishingRiskTests(DatabaseKind.Postgres);
