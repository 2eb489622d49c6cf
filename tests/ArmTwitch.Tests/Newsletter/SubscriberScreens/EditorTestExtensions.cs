using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

internal static class EditorTestExtensions
{
    /// <summary>An account that has just signed in.</summary>
    public static async Task<CurrentModerator> SignInEditorAsync(
        this NewsletterTestSite site, ModeratorRole role = ModeratorRole.Editor, string name = "Grace")
    {
        var email = $"{name}@armtwitch.test".ToLowerInvariant();
        var account = new Moderator
        {
            DisplayName = name,
            Role = role,
            CreatedAt = site.Site.Clock.GetUtcNow(),
            UserName = email,
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            SecurityStamp = "1",
        };
        await using var db = site.Site.Database();
        db.Add(account);
        await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        var secret = await site.Site.Get<SessionStore>().BeginAsync(account.Id, Xunit.TestContext.Current.CancellationToken);
        return new CurrentModerator(account.Id, name, email, role) { Session = SecretToken.Hash("session", secret) };
    }

    /// <summary>What the audit says, the oldest first.</summary>
    public static async Task<IReadOnlyList<(AuditAction Act, string By, Guid? SubjectId)>> AuditAsync(this NewsletterTestSite site) =>
        [.. (await site.AllAsync<AuditEntry>()).OrderBy(entry => entry.Id).Select(entry => (entry.Act, entry.By, entry.SubjectId))];
}
