using System.Net;
using System.Net.Sockets;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Tests.Data.Availability;

/// <summary>A PostgreSQL that restarts, and a standby that takes over, as whoever asks for a connection sees them.</summary>
public sealed class PostgresRestartTests : IDisposable
{
    private readonly string database = PostgresServer.NewDatabase();
    private readonly RestartableServer first = new(), second = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        PostgresServer.Drop(database);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_waits_for_a_server_that_restarts_also_when_two_are_named(bool areTwo)
    {
        first.Start();
        var connect = Connecting(areTwo ? [first, second] : [first]);
        await connect();

        first.Stop();
        var waiting = connect();
        await Task.Delay(TimeSpan.FromMilliseconds(300), Cancel);
        first.Start();

        await waiting;
    }

    [Fact]
    public async Task A_request_waits_for_the_standby_that_takes_over()
    {
        first.Start();
        var connect = Connecting(first, second);
        await connect();

        first.Stop();
        var waiting = connect();
        await Task.Delay(TimeSpan.FromMilliseconds(300), Cancel);
        second.Start();

        await waiting;
    }

    [Fact]
    public async Task A_server_that_was_not_there_before_is_not_waited_for()
    {
        var connect = Connecting(first, second);

        await Assert.ThrowsAnyAsync<NpgsqlException>(connect);
    }

    [Fact]
    public void What_the_operator_says_of_the_recheck_stands()
    {
        Assert.Contains("Host Recheck Seconds=1", PostgresConnectionInterceptor.Complete("Host=a,b"), StringComparison.Ordinal);
        Assert.Contains(
            "Host Recheck Seconds=7", PostgresConnectionInterceptor.Complete("Host=a,b;HostRecheckSeconds=7"), StringComparison.Ordinal);
        Assert.DoesNotContain("Recheck", PostgresConnectionInterceptor.Complete("Host=a"), StringComparison.Ordinal);
    }

    /// <returns>Opens a connection that was not open before, and uses it.</returns>
    private Func<Task> Connecting(params RestartableServer[] servers)
    {
        var address = new NpgsqlConnectionStringBuilder(database)
        {
            Host = string.Join(',', servers.Select(server => $"127.0.0.1:{server.Port}")),
            TargetSessionAttributes = servers.Length > 1 ? "primary" : null,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        var options = DesignTimeServices.Options<PostgresDb>()
            .UseNpgsql(PostgresConnectionInterceptor.Complete(address.ConnectionString))
            .AddInterceptors(new PostgresConnectionInterceptor()).Options;
        return async () =>
        {
            await using var db = new PostgresDb(options);
            await db.Database.OpenConnectionAsync(Cancel);
            await using var ask = db.Database.GetDbConnection().CreateCommand();
            ask.CommandText = "SELECT 1";
            await ask.ExecuteScalarAsync(Cancel);
            NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        };
    }

    /// <summary>Stands on a port before the tests' own PostgreSQL, and can go and come back.</summary>
    private sealed class RestartableServer : IDisposable
    {
        private readonly List<Socket> open = [];
        private TcpListener? listener;

        public int Port { get; } = BuiltProgram.FreePort();

        public void Start()
        {
            listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            _ = AcceptAsync(listener);
        }

        public void Stop()
        {
            listener?.Dispose();
            lock (open)
            {
                open.ForEach(socket => socket.Dispose());
                open.Clear();
            }
        }

        public void Dispose() => Stop();

        private async Task AcceptAsync(TcpListener listening)
        {
            try
            {
                while (true)
                {
                    var client = await listening.AcceptSocketAsync();
                    var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await server.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(PostgresServer.Folder, ".s.PGSQL.5432")));
                    lock (open)
                        open.AddRange([client, server]);
                    _ = PassOnAsync(client, server);
                    _ = PassOnAsync(server, client);
                }
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It was stopped.
            }
        }

        private static async Task PassOnAsync(Socket from, Socket to)
        {
            try
            {
                await using var input = new NetworkStream(from);
                await using var output = new NetworkStream(to);
                await input.CopyToAsync(output);
            }
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
            {
                // One of the two has gone.
            }

            from.Dispose();
            to.Dispose();
        }
    }
}
