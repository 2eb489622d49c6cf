using System.Data.Common;
using ArmTwitch.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests;

/// <summary>A database that refuses statements when a test says so, or lets somebody else act between two of them.</summary>
internal sealed class FailingCommandInterceptor : DbCommandInterceptor
{
    private const int Locked = 5;

    private Func<DbCommand, Task>? meanwhile, written;

    /// <summary>Whether a statement is refused; null when none is.</summary>
    public Predicate<string>? Refuses { get; set; }

    /// <summary>Refuses the first statement that holds this, and no more.</summary>
    public void RefuseOnce(string part) => Refuses = statement =>
    {
        if (!statement.Contains(part, StringComparison.Ordinal))
            return false;
        Refuses = null;
        return true;
    };

    /// <summary>
    /// Has somebody else act once, right after comments were read. Within a transaction that is only begun there: the other may have to
    /// wait for its end.
    /// </summary>
    /// <returns>What came of the other's act.</returns>
    public Task<T> AfterReadingComments<T>(Func<Task<T>> act) => After("FROM \"Comments\"", act);

    /// <summary>The same right after the first statement that holds this.</summary>
    /// <param name="waits">Ends when the other waits for the end of a transaction; null when nobody can tell.</param>
    /// <returns>What came of the other's act.</returns>
    public Task<T> After<T>(string part, Func<Task<T>> act, Func<CancellationToken, Task>? waits = null)
    {
        var acted = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        meanwhile = async command =>
        {
            if (!command.CommandText.Contains(part, StringComparison.Ordinal))
                return;
            meanwhile = null;
            var other = Task.Run(async () => acted.SetResult(await act()));
            if (command.Transaction is null)
                await other;
            if (waits is null)
                return;
            using var met = new CancellationTokenSource();
            await Task.WhenAny(other, waits(met.Token));
            await met.CancelAsync();
        };
        return acted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>
    /// Has somebody else act once, right after a statement that changed rows and holds this. The other may wait for the end of its
    /// transaction.
    /// </summary>
    /// <param name="until">What is waited for before it goes on.</param>
    /// <returns>What came of the other's act.</returns>
    public Task<T> AfterWriting<T>(string part, Func<Task<T>> act, Func<Task> until)
    {
        var acted = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        written = async command =>
        {
            if (!command.CommandText.Contains(part, StringComparison.Ordinal))
                return;
            written = null;
            _ = Task.Run(async () => acted.SetResult(await act()));
            await until();
        };
        return acted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Has the site use it; call it before the first visit.</summary>
    public void AddTo(IServiceCollection services) => services
        .ConfigureDbContext<PostgresDb>(options => options.AddInterceptors(this))
        .ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) => Answer(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default) => Answer(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result,
        CancellationToken cancellationToken = default) => Answer(command, result);

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (meanwhile is { } act)
            await act(command);
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        foreach (var act in new[] { meanwhile, written }.OfType<Func<DbCommand, Task>>())
            await act(command);
        return result;
    }

    private ValueTask<T> Answer<T>(DbCommand command, T result) =>
        Refuses?.Invoke(command.CommandText) is true
            ? throw new SqliteException("database is locked", Locked)
            : ValueTask.FromResult(result);
}
