namespace ArmTwitch.Tests.Mail;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("Mail:RetryMinutes:0", "soon", "Mail:RetryMinutes:0 is \"soon\"; it must be a number")]
    [InlineData("Mail:RetryMinutes", "1,soon", "Mail:RetryMinutes:1 is \"soon\"; it must be a number")]
    [InlineData("Mail:RetryMinutes", "1,-5", "Mail:RetryMinutes is \"1, -5\"; it must hold numbers between 0 and 1440")]
    [InlineData("Mail:Connections", "0", "Mail:Connections is \"0\"; it must be between 1 and 100")]
    [InlineData("Mail:UnsubscribeMailto", "Leave <leave@armtwitch.example>", "Mail:UnsubscribeMailto is \"Leave "
        + "<leave@armtwitch.example>\"; it must be an address alone, of letters, digits, dots, hyphens, underscores and plus signs, such "
        + "as leave@armtwitch.example")]
    [InlineData("Mail:PerSecond", "-1", "Mail:PerSecond is \"-1\"; it must be between 0 and 10000")]
    public async Task A_wrong_setting_stops_the_start_with_a_message(string key, string value, string fault)
    {
        using var program = new BuiltProgram([$"--{key}={value}"]);

        Assert.Equal(2, await program.EndAsync());
        Assert.Contains($"ArmTwitch cannot start: {fault}.", program.Lines);
    }
}
