using ArmTwitch.Data;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Pauses a mailing before it does harm: when the sender is refused, when one copy after the other is unknown, when all of the first
/// mails are refused, and when too many recipients do not exist or complain. Everything here is part of the caller's transaction.
/// </summary>
/// <remarks>Rows are locked in this order everywhere: outgoing mails by id, then mailings by id, then subscribers by key.</remarks>
public static class MailingAutoPause
{
    /// <summary>How many copies are sent before more are claimed: see <see cref="CheckFirstMailsAsync"/>.</summary>
    private const int First = 20;

    /// <summary>
    /// From <see cref="FewestTried"/> tries on, a mailing pauses at one hard bounce in twenty, or at one complaint in a thousand.
    /// </summary>
    private const int FewestTried = 200, TriedForEachBounce = 20, TriedForEachComplaint = 1000;

    /// <summary>A recipient can forge a bounce, but only of an own copy: a few bounces are no proof.</summary>
    private const int FewestReports = 5;

    /// <summary>A recipient has reported a copy as spam.</summary>
    public static Task ReportComplaintAsync(ArmTwitchDb db, Guid mailing, CancellationToken cancellationToken = default) =>
        CountAsync(db, mailing, tried: 0, bounces: 0, complaints: 1, cancellationToken);

    /// <summary>A copy that a server had accepted bounced.</summary>
    /// <param name="code">Names the server's answer to an operator, such as 5.1.1.</param>
    public static async Task ReportBounceAsync(
        ArmTwitchDb db, Guid mailing, DeliveryFailure failure, string code, CancellationToken cancellationToken = default)
    {
        await CountAsync(
            db, mailing, tried: 0, bounces: failure is DeliveryFailure.NoSuchRecipient ? 1 : 0, complaints: 0, cancellationToken);
        if (failure is DeliveryFailure.SenderRefused && await IsSenderRefusedAsync(db, mailing, cancellationToken))
            await MailingService.PauseAsync(db, mailing, SenderIsRefused(code), cancellationToken);
    }

    /// <summary>
    /// Whether enough accepted copies bounced because of the sender. A single bounce proves little: our own server has accepted all of
    /// them.
    /// </summary>
    private static async Task<bool> IsSenderRefusedAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var returned = await db.Set<OutgoingMail>()
            .Where(mail => mail.MailingId == id && mail.State == MailState.Sent && mail.Status != null && !mail.Status.StartsWith("2."))
            .GroupBy(mail => mail.Status).Select(group => new { Status = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var refused = returned.Where(one => EnhancedStatusCode.FailureOf(one.Status, null) is DeliveryFailure.SenderRefused)
            .Sum(one => one.Count);
        return refused >= FewestReports
            && await db.Set<Mailing>().AnyAsync(one => one.Id == id && refused * TriedForEachBounce >= one.Tried, cancellationToken);
    }

    /// <summary>Counts the results of some tries, and pauses where it must.</summary>
    /// <param name="results">All tries, also those whose mail waits again.</param>
    /// <param name="outcomes">The mails that are sent or refused by them.</param>
    /// <returns>The outcomes to report to the features.</returns>
    internal static async Task<IReadOnlyList<MailOutcome>> CountResultsAsync(
        ArmTwitchDb db, IEnumerable<MailSendResult> results, IReadOnlyList<MailOutcome> outcomes, CancellationToken cancellationToken)
    {
        var reasons = results.Where(result => result.Mail.MailingId is not null && ReasonOf(result.Answer) is not null)
            .ToLookup(result => result.Mail.MailingId!.Value, result => ReasonOf(result.Answer)!);
        var settled = outcomes.Where(outcome => outcome.MailingId is not null).ToLookup(outcome => outcome.MailingId!.Value);
        List<MailOutcome> reported = [.. outcomes.Where(outcome => outcome.MailingId is null)];
        foreach (var mailing in settled.Select(some => some.Key).Union(reasons.Select(some => some.Key)).Order())
        {
            var some = settled[mailing].ToList();
            if (some.Count > 0)
                await CountAsync(db, mailing, some.Count, some.Count(outcome => outcome.IsHardBounce), complaints: 0, cancellationToken);
            if (reasons[mailing].FirstOrDefault() is { } reason)
                await MailingService.PauseAsync(db, mailing, reason, cancellationToken);
            reported.AddRange(some.Count > 0 ? await CheckFirstMailsAsync(db, mailing, some, cancellationToken) : some);
        }

        return reported;
    }

    /// <returns>Why this one answer pauses a mailing; null when it does not.</returns>
    private static string? ReasonOf(SendResult answer) => answer switch
    {
        { Verdict: SendVerdict.Never or SendVerdict.RouteClosed, Failure: DeliveryFailure.SenderRefused } =>
            SenderIsRefused(EnhancedStatusCode.CodeOf(answer.Status, answer.ServerText)),
        { Verdict: SendVerdict.Unknown, RouteFault: { } fault } =>
            $"{fault} Nobody would know of any further copy either whether it arrived. Mend that, see in the server's log which of the "
                + "unknown copies it has taken, then resume.",
        _ => null,
    };

    private static string SenderIsRefused(string code) =>
        $"A mail server refuses us as the sender ({code}), and would refuse every further copy. No subscription has ended because of it. " +
        "Check Mail:From, Mail:ReturnPath, Mail:User, and SPF, DKIM and DMARC of their domain; then resume.";

    private static async Task CountAsync(
        ArmTwitchDb db, Guid id, int tried, int bounces, int complaints, CancellationToken cancellationToken)
    {
        var mailing = db.Set<Mailing>().Where(one => one.Id == id);
        await mailing.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Tried, one => one.Tried + tried)
                .SetProperty(one => one.HardBounces, one => one.HardBounces + bounces)
                .SetProperty(one => one.Complaints, one => one.Complaints + complaints),
            cancellationToken);
        await MailingService.PauseAsync(
            mailing.Where(one => one.Tried >= FewestTried
                && ((one.HardBounces > 0 && one.HardBounces * TriedForEachBounce >= one.Tried)
                    || (one.Complaints > 0 && one.Complaints * TriedForEachComplaint >= one.Tried))),
            "Too many recipients do not exist (5 % of those tried) or have complained (0.1 %). Look at where the addresses come from "
                + "before you resume.",
            cancellationToken);
    }

    /// <summary>
    /// How many more copies may be claimed. Until one is accepted, no more than <see cref="First"/> in all: otherwise a whole mailing could
    /// be refused before the check.
    /// </summary>
    internal static async Task<int> RoomAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var mailing = await db.Set<Mailing>().Where(one => one.Id == id)
            .Select(one => new { one.Tried, one.RunningSince }).SingleAsync(cancellationToken);
        if (mailing.Tried >= First)
            return int.MaxValue;
        var refused = await RefusedSince(db, id, mailing.RunningSince).CountAsync(cancellationToken);
        var onTheWay = await db.Set<OutgoingMail>().CountAsync(
            mail => mail.MailingId == id && (mail.State == MailState.Claimed || mail.State == MailState.Submitting), cancellationToken);
        return mailing.Tried > refused ? int.MaxValue : Math.Max(0, First - refused - onTheWay);
    }

    /// <summary>
    /// Checks the first copies of a long mailing. While all of them were refused, the cause may be the recipients or the server, so no
    /// bounce is reported. If the first twenty were refused alike, the cause is the server: they are queued again.
    /// </summary>
    /// <param name="settled">The copies that are sent or refused just now.</param>
    /// <returns>The outcomes to report, together with those that were held back before.</returns>
    private static async Task<IEnumerable<MailOutcome>> CheckFirstMailsAsync(
        ArmTwitchDb db, Guid id, List<MailOutcome> settled, CancellationToken cancellationToken)
    {
        var mailing = await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (mailing is not { State: MailingState.Sending or MailingState.Paused, Audience: >= First, RunningSince: { } since }
            || mailing.Tried - settled.Count >= First)
            return settled;
        var refused = await RefusedSince(db, id, since).AsNoTracking().ToListAsync(cancellationToken);
        var isNoneTaken = refused.Count == mailing.Tried;
        if (isNoneTaken && mailing.Tried < First)
            return [];
        var codes = refused.Select(mail => EnhancedStatusCode.CodeOf(mail.Status, mail.Answer)).Distinct().ToList();
        if (isNoneTaken && codes is [var code])
        {
            await MailingService.PauseAsync(
                db,
                id,
                $"All of the first {mailing.Tried} copies were refused in the same way ({code}). They wait again, and no subscription "
                    + "has ended because of it. "
                + "'mail list --state queued' shows what the mail server said. Mend that, then resume.",
                cancellationToken);
            await QueueAgainAsync(db, refused, cancellationToken);
            return [];
        }

        // The first copy is accepted: now the refusals before it are reported.
        var earlier = refused.ExceptBy(settled.Select(outcome => outcome.MailId), mail => mail.Id).ToList();
        return earlier.Count == mailing.Tried - settled.Count ? settled.Concat(earlier.Select(Outcome)) : settled;

        static MailOutcome Outcome(OutgoingMail mail)
        {
            var failure = EnhancedStatusCode.FailureOf(mail.Status, mail.Answer);
            return new(mail.Id, mail.MailingId, mail.Cause, mail.To, mail.State, mail.Status, mail.Answer, failure, mail.DueAt);
        }
    }

    /// <remarks><see cref="OutgoingMail.DueAt"/> of a refused mail is the time of the refusal.</remarks>
    private static IQueryable<OutgoingMail> RefusedSince(ArmTwitchDb db, Guid mailing, DateTimeOffset? since) =>
        db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing && mail.State == MailState.Dead && mail.DueAt >= since);

    private static Task<int> QueueAgainAsync(ArmTwitchDb db, IEnumerable<OutgoingMail> refused, CancellationToken cancellationToken)
    {
        var ids = refused.Select(mail => mail.Id).ToList();
        return db.Set<OutgoingMail>()
            .Where(mail => ids.Contains(mail.Id) && mail.State == MailState.Dead && !mail.To.EndsWith(SentMailRecords.Nobody))
            .ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.State, MailState.Queued).SetProperty(mail => mail.Attempts, 0)
                    .SetProperty(mail => mail.FirstTriedAt, (DateTimeOffset?)null),
                cancellationToken);
    }
}
