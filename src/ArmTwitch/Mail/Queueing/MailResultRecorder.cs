using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Writes the result of each try to its row and tells the features. Everything here is part of the caller's transaction; each change is
/// one conditional statement, so a result that comes too late changes nothing.
/// </summary>
public sealed class MailResultRecorder(IOptions<MailOptions> options)
{
    /// <param name="handlers">Are told of mails that were sent or refused.</param>
    /// <returns>The mails whose result came too late: another program had settled them.</returns>
    internal async Task<IReadOnlyList<Guid>> RecordAsync(
        ArmTwitchDb db, IReadOnlyCollection<MailSendResult> results, DateTimeOffset now, IEnumerable<IMailOutcomeHandler> handlers,
        CancellationToken cancellationToken)
    {
        if (results.Count is 0)
            return [];
        var accepted = results.Where(result => result.Answer.Verdict is SendVerdict.Accepted).ToList();
        var others = results.Where(result => result.Answer.Verdict is not SendVerdict.Accepted)
            .Select(result => (Result: result, Next: MailRetryPolicy.NextState(result, options.Value, now))).ToList();
        var sent = await RecordAcceptedAsync(db, accepted, now, cancellationToken);
        var moved = await RecordOthersAsync(db, others, cancellationToken);
        List<MailOutcome> outcomes =
        [
            .. accepted.Where((_, index) => sent[index] > 0).Select(result => Outcome(result, MailState.Sent, now)),
            .. others.Where((one, index) => moved[index] > 0 && one.Next.State is MailState.Dead)
                .Select(one => Outcome(one.Result, MailState.Dead, now)),
        ];
        if (await MailingAutoPause.CountResultsAsync(db, results, outcomes, cancellationToken) is { Count: > 0 } reported)
            await NotifyHandlersAsync(db, reported, handlers, cancellationToken);
        return await CompleteErasedAsync(
            db,
            [
                .. accepted.Where((_, index) => sent[index] is 0),
                .. others.Where((_, index) => moved[index] is 0).Select(one => one.Result)
            ],
            now,
            cancellationToken);
    }

    /// <summary>
    /// Whoever has claimed the mail since: the server has accepted it, so no second copy may leave. Therefore the lease does not count
    /// here.
    /// </summary>
    private static Task<IReadOnlyList<int>> RecordAcceptedAsync(
        ArmTwitchDb db, IEnumerable<MailSendResult> accepted, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = 'Sent', "SentAt" = @SentAt, "Answer" = @Answer, "Status" = @Status
            WHERE "Id" = @Id AND "To" = @To AND "State" IN ('Queued', 'Claimed', 'Submitting', 'InDoubt')
            """,
            ["Id", "To", "SentAt", "Answer", "Status"],
            accepted.Select(
                result => new object?[] { result.Mail.Id, result.Mail.To, now, Truncate(result.Answer.ServerText), result.Answer.Status }),
            cancellationToken);

    private static Task<IReadOnlyList<int>> RecordOthersAsync(
        ArmTwitchDb db, IEnumerable<(MailSendResult Result, MailNextState Next)> others, CancellationToken cancellationToken) =>
        db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = @State, "DueAt" = @DueAt, "Attempts" = @Attempts,
                "Answer" = COALESCE(@Answer, "Answer"), "Status" = COALESCE(@Status, "Status"),
                "FirstTriedAt" = CASE WHEN @Attempts = 0 THEN NULL ELSE "FirstTriedAt" END
            WHERE "Id" = @Id AND "To" = @To AND "Fence" = @Fence AND "State" IN ('Claimed', 'Submitting', 'InDoubt')
            """,
            ["Id", "To", "Fence", "State", "DueAt", "Attempts", "Answer", "Status"],
            others.Select(one => new object?[]
            {
                one.Result.Mail.Id,
                one.Result.Mail.To,
                one.Result.Mail.Fence,
                one.Next.State,
                one.Next.DueAt,
                one.Next.Attempts,
                Truncate(one.Result.Answer.Verdict is SendVerdict.NotBegun ? null : one.Result.Answer.ServerText),
                one.Result.Answer.Status
            }),
            cancellationToken);

    /// <summary>
    /// Ends mails whose recipient was erased while they were on their way. They are not tried again, no feature is told, and the server's
    /// text is not kept: it may name the person.
    /// </summary>
    /// <returns>The results of other mails, which came too late.</returns>
    private static async Task<IReadOnlyList<Guid>> CompleteErasedAsync(
        ArmTwitchDb db, IReadOnlyList<MailSendResult> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (results.Count is 0)
            return [];
        var ended = await db.ExecuteForEachAsync<OutgoingMail>(
            $"""
            UPDATE "OutgoingMails" SET "State" = @State, "SentAt" = @SentAt
            WHERE "Id" = @Id AND "To" LIKE '%{SentMailRecords.Nobody}' AND "State" IN ('Submitting', 'InDoubt')
            """,
            ["Id", "State", "SentAt"],
            results.Select(result => result.Answer.Verdict is SendVerdict.Accepted
                ? new object?[] { result.Mail.Id, MailState.Sent, now } : [result.Mail.Id, MailState.Cancelled, null]),
            cancellationToken);
        return [.. results.Where((_, index) => ended[index] is 0).Select(result => result.Mail.Id)];
    }

    /// <exception cref="MailOutcomeHandlerException">A handler failed; the whole transaction has to be done again.</exception>
    private static async Task NotifyHandlersAsync(
        ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, IEnumerable<IMailOutcomeHandler> handlers, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var handler in handlers)
                await handler.HandleAsync(db, outcomes, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new MailOutcomeHandlerException(failed);
        }
    }

    private static MailOutcome Outcome(MailSendResult result, MailState state, DateTimeOffset now)
    {
        var (mail, answer) = result;
        return new(mail.Id, mail.MailingId, mail.Cause, mail.To, state, answer.Status, Truncate(answer.ServerText), answer.Failure, now);
    }

    /// <summary>
    /// A server may answer anything. A character that a database refuses, such as NUL, would make the whole statement fail.
    /// </summary>
    private static string? Truncate(string? text) =>
        text is null
            ? null
            : new([.. text.Take(OutgoingMail.MaxAnswerLength)
                .Select(letter => (char.IsControl(letter) && letter is not '\n') || char.IsSurrogate(letter) ? ' ' : letter)]);
}
