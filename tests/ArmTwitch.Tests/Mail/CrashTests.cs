using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Tests.Mail;

/// <summary>A short run of what <c>ArmTwitch.Benchmarks -- mail-crash</c> does at length.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_program_that_is_killed_while_it_sends_doubles_no_mail_and_loses_none_without_saying_so()
    {
        const int Recipients = 400, Kills = 2;
        var data = Directory.CreateTempSubdirectory("armtwitch-crash-");
        var sights = new List<CrashSight>();

        var end = await new CrashProof(data.FullName, Recipients, Kills, seed: 1).RunAsync(sights.Add, TestContext.Current.CancellationToken);

        Assert.Equal(Kills, sights.Count);
        Assert.All([.. sights, end], sight =>
        {
            Assert.True(sight.Count.AddsUp);
            Assert.Equal((Recipients, 0, 0), (sight.Count.Audience, sight.Doubles, sight.Lost));
        });
        Assert.All(sights, sight => Assert.InRange(sight.OnTheWay, 0, CrashProof.MostOnTheWay));
        Assert.Equal((0, Recipients), (end.Count.Waiting, end.Count.Sent + end.Count.InDoubt));
        Assert.InRange(end.Count.InDoubt, 0, sights.Sum(sight => sight.OnTheWay));
        data.Delete(recursive: true);
    }
}
