using ArmTwitch.Articles;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Editing;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using ArmTwitch.Moderation;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Pages;
using ArmTwitch.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>
/// The services of moderation in a program that serves nothing, as a command runs them: what it decides the replicas learn from the
/// database alone.
/// </summary>
internal sealed class ModerationProgram : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication app;

    /// <param name="settings">Of two with the same name the later one holds.</param>
    public ModerationProgram(IEnumerable<(string Name, string Value)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Reverse().DistinctBy(setting => setting.Name).Select(
            setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddPages().AddData(builder.Configuration).AddLimits().AddMail().AddArticles()
            .AddEditing().AddSearch().AddComments().AddModerators().AddModeration();
        app = builder.Build();
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Carries out a decision, again after a failure; one whose answer was lost is found done the second time.</summary>
    /// <returns>How many times it failed first.</returns>
    public async Task<int> DecideAsync(Guid comment, Decision decision)
    {
        var failures = 0;
        await InsistAsync(async () =>
        {
            var result = await Get<DecisionService>().DecideAsync(comment, 1, decision, Decider.CommandLine);
            return result.Outcome is DecisionOutcome.Done
                || (failures > 0 && result.Outcome is DecisionOutcome.AlreadyDecided or DecisionOutcome.NotAllowed)
                ? result
                : throw new BenchmarkException($"A decision was answered with {result.Outcome}");
        }, () => failures++);
        return failures;
    }

    /// <summary>Reads the comments of that text.</summary>
    public Task<IReadOnlyList<Comment>> FindAsync(string text) => ReadAsync(all => all.Where(comment => comment.Text == text));

    /// <summary>Reads comments, again after a failure.</summary>
    public async Task<IReadOnlyList<Comment>> ReadAsync(Func<IQueryable<Comment>, IQueryable<Comment>> choose) =>
        await InsistAsync<IReadOnlyList<Comment>>(
            async () =>
            {
                await using var db = await Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync();
                return await choose(db.Set<Comment>().AsNoTracking()).ToListAsync();
            },
            () => { });

    /// <summary>Invites a moderator, again after a failure.</summary>
    /// <returns>The path and query of the invitation.</returns>
    public Task<string> InviteAsync(string email) => InsistAsync(
        async () => new Uri((await Get<InvitationService>().MakeAsync(email, ModeratorRole.Moderator))!.Link).PathAndQuery, () => { });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<T> InsistAsync<T>(Func<Task<T>> act, Action failed)
    {
        for (var patience = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause))
        {
            try
            {
                return await act();
            }
            catch (Exception outage) when (DatabaseFailureClassifier.IsOutage(outage))
            {
                failed();
                if (TimeProvider.System.GetElapsedTime(patience) > Patience)
                    throw new BenchmarkException(
                        $"The database did not answer for {Patience.TotalSeconds} s ({DatabaseFailureClassifier.CodeOf(outage)})");
            }
        }
    }
}
