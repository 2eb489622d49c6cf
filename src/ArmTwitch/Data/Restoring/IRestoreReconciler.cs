namespace ArmTwitch.Data.Restoring;

/// <summary>
/// What a feature puts right in a database that was restored, before anybody works on it. The world has gone on since the backup: mails
/// were sent, people have left or had themselves erased, and none of that can be taken back with the file.
/// </summary>
/// <remarks>
/// The database that is being replaced is attached as <c>before</c>, with the same tables; they are empty when it cannot be read or
/// belongs to another site. It may know less than the restored one. A part must not ask services that open the database themselves:
/// they would open the wrong file.
/// </remarks>
public interface IRestoreReconciler
{
    /// <returns>What the operator should know, a sentence each.</returns>
    Task<IReadOnlyList<string>> ReconcileAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default);
}
