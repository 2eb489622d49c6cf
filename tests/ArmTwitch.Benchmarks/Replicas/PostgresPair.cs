using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using Npgsql;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>
/// A PostgreSQL of our own with a standby that has every commit before it is answered (synchronous replication). Nobody reaches them but
/// through sockets in their folder.
/// </summary>
internal sealed class PostgresPair : IDisposable
{
    /// <summary>
    /// Its input is what holds the servers up: however this program ends, the input ends with it. The servers refuse to be root.
    /// </summary>
    private const string Script =
        """
        trap : INT TERM HUP
        folder=$(mktemp -d "${TMPDIR:-/tmp}/armtwitch-replicas-XXXXXX") || exit 1
        one="-h $folder/one-socket -U armtwitch"
        options="-c listen_addresses= -c max_connections=300 -c wal_retrieve_retry_interval=200ms"
        if { mkdir "$folder/one-socket" "$folder/two-socket" &&
            "$1/initdb" -D "$folder/one" -U armtwitch -A trust --no-locale -E UTF8 &&
            "$1/pg_ctl" -D "$folder/one" -w -l "$folder/one.log" -o "-k $folder/one-socket $options" start &&
            "$1/createdb" $one armtwitch &&
            "$1/pg_basebackup" -D "$folder/two" $one -R -X stream -c fast &&
            "$1/pg_ctl" -D "$folder/two" -w -l "$folder/two.log" -o "-k $folder/two-socket $options" start &&
            "$1/psql" $one -d armtwitch -qc "ALTER SYSTEM SET synchronous_standby_names = 'walreceiver'" -c "SELECT pg_reload_conf()"
        } >"$folder/log" 2>&1
        then
            echo "$folder"
            cat >/dev/null
        else
            cat "$folder"/*log >&2
        fi
        for name in two one; do "$1/pg_ctl" -D "$folder/$name" -m immediate stop >/dev/null 2>&1; done
        rm -rf "$folder"
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Process holder;
    private readonly string folder;

    private PostgresPair(Process holder, string folder) => (this.holder, this.folder) = (holder, folder);

    /// <summary>How the site connects: it names both servers and asks for the one that may be written to.</summary>
    public string Address =>
        $"Host={folder}/one-socket,{folder}/two-socket;Username=armtwitch;Database=armtwitch;Target Session Attributes=primary";

    /// <exception cref="BenchmarkException">They do not start.</exception>
    public static PostgresPair Start()
    {
        string[] words = [.. AsPostgres(), "sh", "-c", Script, "sh", Programs()];
        var holder = Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return holder.StandardOutput.ReadLine() is { } folder
            ? new PostgresPair(holder, folder)
            : throw new BenchmarkException($"PostgreSQL does not start: {holder.StandardError.ReadToEnd()}");
    }

    /// <returns>How to connect to a new database of this name.</returns>
    public async Task<string> NewDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Address);
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync(cancellationToken);
        return Address.Replace("Database=armtwitch", $"Database={name}", StringComparison.Ordinal);
    }

    /// <summary>Ends every process of the first server at once, as a crash would, and starts it again.</summary>
    public Task CrashAndRestartAsync(CancellationToken cancellationToken) =>
        ControlAsync("one", cancellationToken, "-m", "immediate", "-w", "-l", $"{folder}/one.log", "restart");

    /// <summary>Ends the first server for good, and makes the standby the one that may be written to.</summary>
    public async Task FailOverAsync(CancellationToken cancellationToken)
    {
        await ControlAsync("one", cancellationToken, "-m", "immediate", "-w", "stop");
        await ControlAsync("two", cancellationToken, "-w", "promote");
    }

    public void Dispose()
    {
        holder.StandardInput.Close();
        holder.WaitForExit(Limit);
        holder.Dispose();
    }

    private Task<string> ControlAsync(string server, CancellationToken cancellationToken, params string[] words)
    {
        string[] all = [.. AsPostgres(), Path.Combine(Programs(), "pg_ctl"), "-D", $"{folder}/{server}", .. words];
        return ChildProcess.RunAsync(all[0], all[1..], Limit, cancellationToken);
    }

    private static string[] AsPostgres() =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : ["env"];

    /// <summary>The newest version that Debian's packages installed.</summary>
    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.EnumerateDirectories("/usr/lib/postgresql")
            .MaxBy(version => int.Parse(Path.GetFileName(version), System.Globalization.CultureInfo.InvariantCulture)) is { } newest
            ? Path.Combine(newest, "bin")
            : throw new BenchmarkException("PostgreSQL is not installed; Debian has it: apt-get install --no-install-recommends postgresql");
}
