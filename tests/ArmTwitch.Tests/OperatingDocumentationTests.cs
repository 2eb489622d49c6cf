using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests;

/// <summary>Whatever the program may say at three in the morning stands in docs/operating.md, with what to do.</summary>
public sealed partial class OperatingDocumentationTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "operating.md"));

    /// <summary>The first and the last cell of each row of a table.</summary>
    private static readonly List<(string Says, string Do)> Rows =
    [
        .. Document.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ")).Select(cells => (cells[0], cells[^1])),
    ];

    public static TheoryData<string> Warnings =>
    [
        .. typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Where(message => message.Level is LogLevel.Warning or LogLevel.Error or LogLevel.Critical)
            .Select(message => Placeholder().Replace(message.Message, "…")).Distinct().Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Warnings))]
    public void Every_warning_of_the_log_is_in_the_table_with_what_to_do(string message) => Assert.Contains(
        Rows, row => row.Says.Contains($"`{message}`", StringComparison.Ordinal) && row.Do.Length > 5 && row.Do != row.Says);

    [Fact]
    public void Every_message_of_the_table_is_one_that_the_program_has()
    {
        var section = Document[Document.IndexOf("\n## What the log says", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 5, StringComparison.Ordinal)];

        Assert.Empty(LogCell().Matches(section).Select(cell => cell.Groups["says"].Value)
            .Except(Warnings.Select(row => row.Data)));
    }

    [Fact]
    public void Every_health_check_is_in_the_table() => Assert.All(
        shared.Site.Get<IOptions<HealthCheckServiceOptions>>().Value.Registrations,
        check => Assert.Contains(Rows, row => row.Says.StartsWith($"`{check.Name}`", StringComparison.Ordinal)));

    [Fact]
    public void Every_reason_of_a_health_check_is_in_the_table_in_its_own_words()
    {
        var reasons = ReasonsOfHealthChecks().Distinct().ToList();

        Assert.True(reasons.Count > 10, string.Join('\n', reasons));
        Assert.All(reasons, reason => Assert.Contains(Rows, row => row.Says.Contains(reason, StringComparison.Ordinal)));
    }

    /// <summary>The literal parts of the sentences in the code of all health checks.</summary>
    private static IEnumerable<string> ReasonsOfHealthChecks()
    {
        using var file = new PEReader(File.OpenRead(typeof(Program).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var checks = typeof(Program).Assembly.GetTypes()
            .Where(type => Array.Exists(Outermost(type).GetInterfaces(), one => one == typeof(IHealthCheck)));
        foreach (var method in checks.SelectMany(type => type.GetMethods(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<LoggerMessageAttribute>() is not null || method.GetMethodBody()?.GetILAsByteArray() is not { } code)
                continue;
            for (var at = 0; at + 5 <= code.Length; at++)
            {
                const byte LoadString = 0x72, StringToken = 0x70;
                if (code[at] is not LoadString || code[at + 4] is not StringToken)
                    continue;
                var text = metadata.GetUserString(MetadataTokens.UserStringHandle(BitConverter.ToInt32(code, at + 1) & 0xFFFFFF));
                if (Sentence().IsMatch(text))
                    yield return text.Trim();
            }
        }
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"\{\w+(:[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\| `(?<says>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex LogCell();

    /// <summary>Three words or more; a query of the database is none.</summary>
    [GeneratedRegex(@"^(?!SELECT )\W*\w+ \w+ \w+")]
    private static partial Regex Sentence();
}
