using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.People;

/// <summary>Ends sessions of others for an admin, on every replica and open screen at once, with an entry in the audit.</summary>
public sealed class ModeratorSessionEnder(WriteTransactionFactory writing, SessionStore sessions, AuditTrail audit)
{
    /// <param name="person">The account whose session it is.</param>
    /// <param name="session">One session; null for all of the account.</param>
    /// <param name="by">An admin. It takes no recent sign-in: whoever sees a strange session must not be held up.</param>
    /// <returns>How many were ended; none when the account was removed meanwhile. Null when the admin is none any more.</returns>
    public async Task<int?> EndAsync(Guid person, string? session, CurrentModerator by, CancellationToken cancellationToken = default)
    {
        if (session is not null && !IsHash(session))
            return 0;
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        await ModeratorAccounts.LockAccountsAsync(db, cancellationToken);
        if (!await sessions.IsAuthorizedAsync(db, by, ModeratorRole.Admin, cancellationToken: cancellationToken))
            return null;
        if (await db.Users.Where(one => one.Id == person).Select(one => one.DisplayName).SingleOrDefaultAsync(cancellationToken)
            is not { } name)
            return 0;
        var ended = await sessions.EndByAdminAsync(
            db, person, session is null ? null : Convert.FromHexString(session), cancellationToken);
        if (ended > 0)
        {
            audit.Add(
                db, by, session is null ? AuditAction.SessionsEnded : AuditAction.SessionEnded, person, name,
                session is null ? Plural.Of(ended, "session") : null);
        }

        await write.CommitAsync(cancellationToken);
        return ended;
    }

    private static bool IsHash(string text) => text.Length is 64 && text.All(char.IsAsciiHexDigit);
}
