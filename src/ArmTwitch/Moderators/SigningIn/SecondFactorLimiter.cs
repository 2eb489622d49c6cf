using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Limits;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>
/// Limits how many codes of an authenticator app are tried on an account in a day, and mails the owner about wrong ones: somebody who types
/// them has the password. Beyond the limit a recovery code, which is too long to be guessed, and a passkey still work.
/// </summary>
public sealed class SecondFactorLimiter(
    RateLimiter limiter, WriteTransactionFactory writing, Outbox outbox, Site site, IOptions<ModeratorsOptions> options,
    TimeProvider clock)
{
    /// <summary>After so many wrong codes in a day the owner gets a mail, once a day.</summary>
    public const int MailAfter = 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Patience = TimeSpan.FromSeconds(10);

    private static readonly RateLimit WithoutMail = new("wrong codes", new RateWindow(MailAfter - 1, Day)) { IsAlwaysOn = true };

    private static readonly RateLimit Mails = new("mails of wrong codes", new RateWindow(1, Day)) { IsAlwaysOn = true };

    private readonly RateLimit codes = new("codes", new RateWindow(options.Value.CodesInADay, Day)) { IsAlwaysOn = true };

    /// <summary>Counts a code before it is verified, so that many at once cannot pass the limit.</summary>
    /// <returns>Whether it may be tried.</returns>
    public async Task<bool> TryTakeAttemptAsync(Moderator moderator, CancellationToken cancellationToken = default) =>
        await limiter.TakeAsync(codes.For(moderator.Id), cancellationToken) is null;

    public async Task RecordFailureAsync(Moderator moderator, CancellationToken cancellationToken = default)
    {
        if (await limiter.TakeAsync(WithoutMail.For(moderator.Id), cancellationToken) is null
            || await limiter.TakeAsync(Mails.For(moderator.Id), cancellationToken) is not null)
            return;
        var when = clock.GetUtcNow().UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var message = new TransactionalMessage(
            $"{site.Name}: wrong codes were typed for your account", $"{MailAfter} wrong codes in a day.")
            .Paragraph(
                $"By {when} UTC somebody had typed your password at {site.Name} and then {MailAfter} wrong codes of the authenticator app.")
            .Paragraph("If it was you, there is nothing to do. Is the clock of your phone right? A recovery code works, too.")
            .Paragraph("If it was not you, somebody knows your password. Sign in and change it:")
            .Button("Your account", site.Absolute("/moderation/account"));
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        outbox.Queue(write.Db, message.ToDraft($"wrong codes {Guid.CreateVersion7()}", moderator.Email!, site));
        await write.CommitAsync(cancellationToken);
    }
}
