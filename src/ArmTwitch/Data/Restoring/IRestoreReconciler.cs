namespace ArmTwitch.Data.Restoring;

/// <summary>
/// Takes over into a restored database what must not be undone: mails that were sent since the backup, and people who have unsubscribed
/// or were erased.
/// </summary>
/// <remarks>
/// The database that is being replaced is attached as <c>before</c>, with the same tables; they are empty when it cannot be read or
/// belongs to another site. It may be older than the restored one. An implementation must not use services that open the database
/// themselves: they open the wrong file.
/// </remarks>
public interface IRestoreReconciler
{
    /// <returns>Sentences for the operator.</returns>
    Task<IReadOnlyList<string>> ReconcileAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Holds back what may have happened since the backup, in a database that was put back without the one of before, on SQLite or
    /// PostgreSQL. There is no <c>before</c>. A second call before the site starts changes nothing more.
    /// </summary>
    /// <returns>Sentences for the operator.</returns>
    Task<IReadOnlyList<string>> HoldAsync(ArmTwitchDb db, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([]);
}
