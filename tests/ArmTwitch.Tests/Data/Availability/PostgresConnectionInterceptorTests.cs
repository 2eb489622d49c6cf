using ArmTwitch.Data.Availability;
using Npgsql;

namespace ArmTwitch.Tests.Data.Availability;

public sealed class PostgresConnectionInterceptorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("armtwitch-").FullName;
    private readonly PostgresConnectionInterceptor interceptor = new();

    [Fact]
    public async Task A_connection_waits_while_none_of_several_hosts_is_the_primary()
    {
        var address = new NpgsqlConnectionStringBuilder(PostgresServer.NewDatabase());
        await OpenAsync(address.ConnectionString);
        var promoted = Path.Combine(folder, "promoted");
        var hosts = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Host = $"{Path.Combine(folder, "gone")},{promoted}",
            TargetSessionAttributes = "primary",
            HostRecheckSeconds = 1,
            Pooling = false,
        };

        var opened = OpenAsync(hosts.ConnectionString);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        Assert.False(opened.IsCompleted);
        Directory.CreateSymbolicLink(promoted, PostgresServer.Folder);

        await opened.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task OpenAsync(string address)
    {
        await using var connection = new NpgsqlConnection(address);
        await interceptor.ConnectionOpeningAsync(connection, null!, default, TestContext.Current.CancellationToken);
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
    }
}
