using System.Text;

namespace ArmTwitch.Tests.Commands;

/// <summary>
/// A command of the program within this process, from its arguments to its exit code and what it prints. A <see cref="BuiltProgram"/>
/// costs ten times as much, nearly all of it to compile again what is compiled here; it is for what only a whole process shows.
/// </summary>
internal static class CommandInProcess
{
    private static readonly AsyncLocal<StringBuilder?> Printed = new();

    static CommandInProcess()
    {
        // As for a BuiltProgram; a site of the tests says its own.
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        Console.SetOut(new DividedWriter(Console.Out));
        Console.SetError(new DividedWriter(Console.Error));
    }

    /// <param name="settings">Such as <c>("Content:Path", "here")</c>.</param>
    public static async Task<(int Exit, IReadOnlyList<string> Lines)> RunAsync(
        string[] arguments, params (string Key, string Value)[] settings)
    {
        string[] all = [.. arguments, .. settings.Select(setting => $"--{setting.Key}={setting.Value}"), "--Content:CheckRules=false"];
        var printed = new StringBuilder();
        var exit = await Task.Run(() =>
        {
            Printed.Value = printed;
            return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [all])!;
        });
        lock (printed)
            return (exit, printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Gives every command its own lines, and all others what was there before.</summary>
    private sealed class DividedWriter(TextWriter others) : TextWriter
    {
        public override Encoding Encoding => others.Encoding;

        public override void Write(char value)
        {
            if (Printed.Value is not { } printed)
            {
                others.Write(value);
                return;
            }

            lock (printed)
                printed.Append(value);
        }

        public override void Write(string? value)
        {
            if (Printed.Value is not { } printed)
            {
                others.Write(value);
                return;
            }

            lock (printed)
                printed.Append(value);
        }
    }
}
