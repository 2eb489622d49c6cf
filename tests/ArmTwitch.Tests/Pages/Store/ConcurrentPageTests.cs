using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ArmTwitch.Tests.Pages.Store;

/// <summary>
/// Pages are sent from the memory that they are kept in: whoever else is answered meanwhile, each reader gets the whole of their own.
/// </summary>
public sealed class ConcurrentPageTests
{
    private static readonly string[] Addresses = ["/", "/articles/arm-muscle-twitching", "/articles/when-to-get-help", "/robots.txt"];

    [Fact]
    public async Task Streams_of_one_http2_connection_each_get_their_page()
    {
        await using var site = new TestSite(settings: ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        using var reader = site.VisitOverNetwork();
        (reader.DefaultRequestVersion, reader.DefaultVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        reader.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var alone = new Dictionary<string, byte[]>();
        foreach (var address in Addresses)
            alone[address] = await reader.GetByteArrayAsync(address, TestContext.Current.CancellationToken);

        await Parallel.ForAsync(
            0, 400, new ParallelOptions { MaxDegreeOfParallelism = 40, CancellationToken = TestContext.Current.CancellationToken },
            async (turn, cancellationToken) =>
            {
                var address = Addresses[turn % Addresses.Length];
                using var answer = await reader.GetAsync(address, cancellationToken);
                Assert.Equal(HttpVersion.Version20, answer.Version);
                Assert.Equal(alone[address], await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            });
    }

    [Fact]
    public async Task Requests_sent_without_waiting_for_answers_are_answered_in_turn()
    {
        await using var site = new TestSite();
        using var reader = site.VisitOverNetwork();
        var page = await reader.GetStringAsync(Addresses[1], TestContext.Current.CancellationToken);
        using var socket = new TcpClient();
        await socket.ConnectAsync("localhost", reader.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var request = $"GET {Addresses[1]} HTTP/1.1\r\nHost: localhost\r\n";

        await socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"{request}\r\n{request}\r\n{request}Connection: close\r\n\r\n"),
            TestContext.Current.CancellationToken);

        using var answers = new StreamReader(socket.GetStream());
        var all = await answers.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, all.Split(page).Length);
    }
}
