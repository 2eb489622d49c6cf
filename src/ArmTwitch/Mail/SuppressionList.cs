using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>Who is not to be written to.</summary>
public sealed class SuppressionList(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, SecretKeyHasher secretHasher, TimeProvider clock)
{
    private const string Key = "suppression";

    /// <summary>Rows asked for or written in one statement or transaction.</summary>
    private const int Batch = 500;

    /// <summary>One spelling for all that reach the same mailbox: lower case, composed letters, and the domain as DNS has it.</summary>
    public static string Normalize(string address)
    {
        var bare = NfcNormalizer.Compose(address.Trim().ToLowerInvariant());
        if (!Ascii.IsValid(bare) && bare.LastIndexOf('@') is > 0 and var at && IdnMapper.Map(bare[(at + 1)..]) is { } domain)
            bare = $"{bare[..at]}@{domain}";
        return MailboxAddress.TryParse(bare, out var mailbox) && mailbox.Domain.Length > 0
            ? MailboxAddress.EncodeAddrspec(mailbox.Address)
            : bare;
    }

    /// <summary>What is kept of an address. Ask for it before a transaction begins: the first time, the key is made.</summary>
    public Task<byte[]> HashAsync(string address, CancellationToken cancellationToken = default) =>
        secretHasher.HashAsync(Key, Encoding.UTF8.GetBytes(Normalize(address)), cancellationToken);

    /// <summary>
    /// Suppresses at once, or with the caller's transaction if there is one. Whoever is suppressed already stays so, for the old reason.
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

    /// <summary>Lifts a suppression, at once or with the caller's transaction, because the person has asked anew.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(ArmTwitchDb db, byte[] hash, string scope, CancellationToken cancellationToken = default) =>
        await db.Set<Suppression>().Where(one => one.Hash == hash && one.Scope == scope).ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>Whether the address gets no mail of this scope.</summary>
    /// <param name="scope">Null asks for <see cref="Suppression.All"/> only.</param>
    public async Task<bool> ContainsAsync(string address, string? scope, CancellationToken cancellationToken = default) =>
        (await FindAsync([address], scope, cancellationToken)).Count > 0;

    /// <returns>Those of the addresses that get no mail of this scope.</returns>
    public async Task<IReadOnlySet<string>> FindAsync(
        IReadOnlyCollection<string> addresses, string? scope, CancellationToken cancellationToken = default)
    {
        await HashAsync("", cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = new HashSet<string>();
        foreach (var some in addresses.Chunk(Batch))
        {
            var suppressed = await FindAsync(db, [.. some.Select(address => (address, scope))], cancellationToken);
            found.UnionWith(some.Where((_, place) => suppressed[place]));
        }

        return found;
    }

    /// <summary>The same for mails of several scopes, in the caller's context; the key must have been made.</summary>
    /// <returns>For each, whether it is suppressed.</returns>
    internal async Task<bool[]> FindAsync(
        ArmTwitchDb db, IReadOnlyList<(string Address, string? Scope)> asked, CancellationToken cancellationToken)
    {
        var hashes = new byte[asked.Count][];
        for (var place = 0; place < hashes.Length; place++)
            hashes[place] = await HashAsync(asked[place].Address, cancellationToken);
        var kept = await db.Set<Suppression>().Where(one => EF.Parameter(hashes).Contains(one.Hash))
            .Select(one => new { one.Hash, one.Scope }).ToListAsync(cancellationToken);
        var scopes = kept.ToLookup(one => Convert.ToHexString(one.Hash), one => one.Scope);
        return [.. hashes.Select(
            (hash, place) => scopes[Convert.ToHexString(hash)].Any(scope => scope == Suppression.All || scope == asked[place].Scope))];
    }

    private async Task<int> AddAsync(
        ArmTwitchDb db, IReadOnlyList<byte[]> hashes, string scope, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var added = await db.ExecuteForEachAsync<Suppression>(
            """INSERT INTO "Suppressions" ("Hash", "Scope", "Reason", "At") VALUES (@Hash, @Scope, @Reason, @At) ON CONFLICT DO NOTHING""",
            ["Hash", "Scope", "Reason", "At"],
            hashes.Select(hash => new object?[] { hash, scope, reason, now }),
            cancellationToken);
        return added.Sum();
    }
}
