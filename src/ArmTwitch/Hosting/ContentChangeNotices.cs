using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Changes;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Hosting;

/// <summary>
/// Tells the other replicas that the content has changed, and reads it when they say so: a shared folder sends no events for what another
/// machine writes. Reading files that have not changed costs little and tells nobody.
/// </summary>
internal sealed partial class ContentChangeNotices(
    ArticleLibrary library, IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database,
    ILogger<ContentChangeNotices> logger) : IHostedService, IDatabaseChangeHandler
{
    public string Topic => "content";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        library.Changed += Announce;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        library.Changed -= Announce;
        return Task.CompletedTask;
    }

    public void Handle(string detail) => _ = Task.Run(library.Reload);

    public void HandleMissed() => _ = Task.Run(library.Reload);

    private void Announce(ContentChange change) => _ = Task.Run(AnnounceAsync);

    private async Task AnnounceAsync()
    {
        try
        {
            if (!database.IsReady)
                return;
            await using var db = await databases.CreateDbContextAsync();
            if (db.Database.IsNpgsql())
                await db.Database.ExecuteSqlAsync($"SELECT pg_notify({PostgresChangeListener.Channel}, {Topic})");
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            LogUnannounced(DatabaseFailureClassifier.CodeOf(failed));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The other replicas could not be told of changed content ({Failure}); they look by themselves")]
    private partial void LogUnannounced(string failure);
}
