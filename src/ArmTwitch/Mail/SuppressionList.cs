using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Data.Hashing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail;

/// <summary>The addresses that mails must not go to.</summary>
public sealed class SuppressionList(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, SecretKeyHasher secretHasher, TimeProvider clock)
{
    private const string Key = "suppression";

    /// <summary>Rows in one statement or transaction.</summary>
    private const int Batch = 500;

    /// <summary>The keyed hash of an address. Call it before a transaction begins: the first call ever writes the key.</summary>
    public Task<byte[]> HashAsync(string address, CancellationToken cancellationToken = default) =>
        secretHasher.HashAsync(Key, Encoding.UTF8.GetBytes(EmailAddress.Normalize(address)), cancellationToken);

    /// <summary>
    /// Adds a suppression in the caller's context, and its transaction if there is one. An existing one keeps its reason.
    /// </summary>
    /// <returns>False when the address was suppressed already.</returns>
    public async Task<bool> AddAsync(
        ArmTwitchDb db, byte[] hash, string scope, string reason, CancellationToken cancellationToken = default) =>
        await AddAsync(db, [hash], scope, reason, cancellationToken) > 0;

    public async Task<bool> AddAsync(string address, string scope, string reason, CancellationToken cancellationToken = default) =>
        await AddAsync([address], scope, reason, cancellationToken) > 0;

    /// <returns>How many were not suppressed before.</returns>
    public async Task<int> AddAsync(
        IEnumerable<string> addresses, string scope, string reason, CancellationToken cancellationToken = default)
    {
        var added = 0;
        foreach (var some in addresses.Chunk(Batch))
        {
            var hashes = new List<byte[]>(some.Length);
            foreach (var address in some)
                hashes.Add(await HashAsync(address, cancellationToken));
            await using var write = await writing.BeginAsync(cancellationToken);
            added += await AddAsync(write.Db, hashes, scope, reason, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        return added;
    }

    /// <summary>Removes a suppression in the caller's context, because the person has signed up again.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(ArmTwitchDb db, byte[] hash, string scope, CancellationToken cancellationToken = default) =>
        await db.Set<Suppression>().Where(one => one.Hash == hash && one.Scope == scope).ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>Whether mails of this scope must not go to the address.</summary>
    /// <param name="scope">Null for <see cref="Suppression.All"/> only.</param>
    public async Task<bool> ContainsAsync(string address, string? scope, CancellationToken cancellationToken = default) =>
        (await FindAsync([address], scope, cancellationToken)).Count > 0;

    /// <returns>Why mails must not go to the address; none when they may.</returns>
    public async Task<IReadOnlyList<Suppression>> ListAsync(string address, CancellationToken cancellationToken = default)
    {
        var hash = await HashAsync(address, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Suppression>().AsNoTracking().Where(one => one.Hash == hash).OrderBy(one => one.At)
            .ToListAsync(cancellationToken);
    }

    /// <returns>The addresses that mails of this scope must not go to.</returns>
    public async Task<IReadOnlySet<string>> FindAsync(
        IReadOnlyCollection<string> addresses, string? scope, CancellationToken cancellationToken = default)
    {
        await HashAsync("", cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = new HashSet<string>();
        foreach (var some in addresses.Chunk(Batch))
        {
            var suppressed = await FindAsync(db, [.. some.Select(address => (address, scope))], cancellationToken);
            found.UnionWith(some.Where((_, index) => suppressed[index]));
        }

        return found;
    }

    /// <summary>
    /// The same for mails of several scopes, in the caller's context. <see cref="HashAsync"/> must have been called before.
    /// </summary>
    /// <returns>For each, whether it is suppressed.</returns>
    internal async Task<bool[]> FindAsync(
        ArmTwitchDb db, IReadOnlyList<(string Address, string? Scope)> asked, CancellationToken cancellationToken)
    {
        var hashes = new byte[asked.Count][];
        for (var index = 0; index < hashes.Length; index++)
            hashes[index] = await HashAsync(asked[index].Address, cancellationToken);
        var kept = await db.Set<Suppression>().Where(one => EF.Parameter(hashes).Contains(one.Hash))
            .Select(one => new { one.Hash, one.Scope }).ToListAsync(cancellationToken);
        var scopes = kept.ToLookup(one => Convert.ToHexString(one.Hash), one => one.Scope);
        return [.. hashes.Select(
            (hash, index) => scopes[Convert.ToHexString(hash)].Any(scope => scope == Suppression.All || scope == asked[index].Scope))];
    }

    /// <summary>Adds suppressions in the caller's context, and its transaction if there is one. Existing ones keep their reason.</summary>
    /// <returns>How many were not suppressed before.</returns>
    public async Task<int> AddAsync(
        ArmTwitchDb db, IReadOnlyList<byte[]> hashes, string scope, string reason, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var rows = hashes.Select(hash => new Suppression { Hash = hash, Scope = scope, Reason = reason, At = now });
        return (await db.InsertAsync([.. rows], cancellationToken, skipExisting: true)).Sum();
    }
}
