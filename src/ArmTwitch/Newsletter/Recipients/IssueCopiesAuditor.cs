using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Recipients;

/// <summary>Adds an audit entry to an issue whenever somebody says what became of its copies.</summary>
internal sealed class IssueCopiesAuditor(TimeProvider clock) : IMailResolutionHandler
{
    public async Task HandleAsync(ArmTwitchDb db, MailResolution resolution, CancellationToken cancellationToken)
    {
        var (mailing, state, copies, by) = resolution;
        if (await db.Set<Issue>().Where(issue => issue.MailingId == mailing).Select(issue => (Guid?)issue.Id)
            .SingleOrDefaultAsync(cancellationToken) is not { } issue)
            return;
        db.Add(new IssueAuditEntry
        {
            IssueId = issue,
            Act = state is MailState.Sent ? IssueAuditAction.CopiesSettled : IssueAuditAction.CopiesRepeated,
            By = by ?? IssueAuditEntry.CommandLine,
            At = clock.GetUtcNow(),
            Reason = Plural.Of(copies, "copy", "copies"),
        });
    }
}
