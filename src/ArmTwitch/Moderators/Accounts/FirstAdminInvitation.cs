using ArmTwitch.Data.Availability;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>
/// While there is no account, each start logs how to make the first one: in Development a link, elsewhere the command that prints one,
/// because many people can read the log of a server.
/// </summary>
internal sealed partial class FirstAdminInvitation(
    InvitationService invitations, ModeratorAccounts accounts, DatabaseInitializer database, IHostEnvironment environment,
    IHostApplicationLifetime lifetime, ILogger<FirstAdminInvitation> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The link may need the address that the site listens on, which is known only after the start.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stoppingToken);
        if (!environment.IsDevelopment())
        {
            if (!await accounts.AnyAsync(stoppingToken))
                LogCommand();
        }
        else if (await invitations.MakeFirstAsync(stoppingToken) is { } address)
        {
            LogAddress(address);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "There is no moderator yet. The first one, an admin, is made here, once and within 72 hours: {Address}")]
    private partial void LogAddress(string address);

    [LoggerMessage(
        LogLevel.Warning, "There is no moderator yet. This command prints a link for the first one: moderators invite EMAIL --role admin")]
    private partial void LogCommand();
}
