using System.Diagnostics;
using ArmTwitch.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ArmTwitch.Tests;

/// <summary>
/// A PostgreSQL of the tests' own, made when the first test asks for it and gone with the tests. Nobody reaches it but through a
/// socket in its folder, so that it needs no port and meets no other server.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>
    /// Its input is what holds the server up: however the tests end, the input ends with them. The server refuses to be root. It lives in
    /// memory where there is room: every database is three hundred files that come and go.
    /// </summary>
    private const string Script =
        """
        trap : INT TERM HUP
        room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
        if [ -w /dev/shm ] && [ "${room:-0}" -gt 1000000 ]; then TMPDIR=/dev/shm; fi
        folder=$(mktemp -d "${TMPDIR:-/tmp}/armtwitch-postgres-XXXXXX") || exit 1
        options="-k $folder -c listen_addresses= -c max_connections=300 -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        if "$1/initdb" -D "$folder/data" -U armtwitch -A trust --no-locale -E UTF8 --no-sync >"$folder/log" 2>&1 &&
            "$1/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "$options" start >>"$folder/log" 2>&1
        then
            echo "$folder"
            cat >/dev/null
            "$1/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
        else
            cat "$folder/log" >&2
        fi
        rm -rf "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static PostgresServer? current;

    private readonly Lazy<(Process Process, string Folder)> server = new(Start);
    /// <summary>Whole files are copied in half the time that the log of every page takes; older servers know no other way.</summary>
    private readonly Lazy<string> strategy = new(() => Version() >= 15 ? " STRATEGY FILE_COPY" : "");
    private int databases;

    public PostgresServer() => current = this;

    /// <summary>The folder with the server's socket.</summary>
    public static string Folder => Current.server.Value.Folder;

    private static PostgresServer Current => current ?? throw new InvalidOperationException("No test is running");

    /// <param name="like">A database that nobody uses, to be copied; null for an empty one.</param>
    /// <returns>How to connect to the new database.</returns>
    public static string NewDatabase(string? like = null)
    {
        var name = $"test_{Interlocked.Increment(ref Current.databases)}";
        Execute($"CREATE DATABASE {name} TEMPLATE {like ?? "template1"}{Current.strategy.Value}");
        return Address(name);
    }

    /// <summary>Takes away what <see cref="NewDatabase"/> made, whoever is still connected.</summary>
    public static void Drop(string address)
    {
        using (var connection = new NpgsqlConnection(address))
            NpgsqlConnection.ClearPool(connection);
        Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(address).Database} WITH (FORCE)");
    }

    /// <summary>
    /// Makes a database that nobody reaches, or one that can be read only, or a sound one again; whoever is connected is thrown out.
    /// </summary>
    public static void Set(string address, bool isReachable = true, bool isWritable = true)
    {
        var name = new NpgsqlConnectionStringBuilder(address).Database;
        Execute($"ALTER DATABASE {name} SET default_transaction_read_only = {(isWritable ? "off" : "on")}");
        Execute($"ALTER DATABASE {name} ALLOW_CONNECTIONS {(isReachable ? "true" : "false")}");
        Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        using var connection = new NpgsqlConnection(address);
        NpgsqlConnection.ClearPool(connection);
    }

    public void Dispose()
    {
        if (!server.IsValueCreated)
            return;
        NpgsqlConnection.ClearAllPools();
        using var process = server.Value.Process;
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"The PostgreSQL in {server.Value.Folder} did not stop");
    }

    private static string Address(string database) => $"Host={Folder};Username=armtwitch;Database={database};Include Error Detail=true";

    private static int Version()
    {
        using var connection = new NpgsqlConnection(Address("postgres") + ";Pooling=false");
        connection.Open();
        return connection.PostgreSqlVersion.Major;
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Address("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static (Process Process, string Folder) Start()
    {
        string[] asItself = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            : ["env"];
        var process = Process.Start(new ProcessStartInfo(asItself[0], [.. asItself[1..], "sh", "-c", Script, "sh", Programs()])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var folder = process.StandardOutput.ReadLine();
        return folder is null
            ? throw new InvalidOperationException($"PostgreSQL does not start: {process.StandardError.ReadToEnd()}")
            : (process, folder);
    }

    /// <summary>The newest version that Debian's packages installed.</summary>
    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.EnumerateDirectories("/usr/lib/postgresql").MaxBy(version => int.Parse(Path.GetFileName(version))) is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException("PostgreSQL is not installed: tests/run installs it");
}
