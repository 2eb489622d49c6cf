using System.CommandLine;
using ArmTwitch.Mail;

namespace ArmTwitch.Commands;

/// <summary><c>mail list</c>, <c>resolve</c>, <c>pause</c> and <c>test</c>. They work while the site runs.</summary>
internal static class MailCommand
{
    public static Command Create(CommandHost host) =>
        new("mail", "The mails that wait and those that went") { List(host), Resolve(host), Pause(host), Test(host) };

    private static Command List(CommandHost host)
    {
        var json = CommandOutput.JsonOption();
        var state =
            new Option<string?>("--state") { Description = $"Only those in this state: {string.Join(", ", OutboxAdministration.States)}" };
        var list = new Command("list", "Print mails with what the mail server said, the oldest first") { state, json };
        return host.WithDatabase(list, (services, parsed, stop) =>
            OutboxAdministration.ListAsync(
                services, parsed.GetValue(state), parsed.GetValue(json), parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Resolve(CommandHost host)
    {
        var id = new Argument<string>("ID") { Description = "An id that 'mail list' shows" };
        var outcome =
            new Option<string>("--as") { Description = "sent when it has arrived, queued when it shall be sent again", Required = true };
        var resolve = new Command("resolve", "Say what became of a mail that is unknown, or try a refused one again") { id, outcome };
        return host.WithDatabase(resolve, (services, parsed, stop) =>
            OutboxAdministration.ResolveAsync(
                services, parsed.GetValue(id)!, parsed.GetValue(outcome)!, parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Test(CommandHost host)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Where the mail goes" };
        var test = new Command("test", "Send one mail and print what the mail server says at each step") { address };
        // Without the database: what is looked at is the mail server.
        test.SetAction((parsed, cancellationToken) => host.WithServicesAsync(
            services => OutboxAdministration.TestAsync(
                services, parsed.GetValue(address)!, parsed.InvocationConfiguration.Output, cancellationToken)));
        return test;
    }

    private static Command Pause(CommandHost host)
    {
        var pause = new Command(
            "pause", "Pause every newsletter that is being sent; after a database was put back, 'database restored' does that and more");
        return host.WithDatabase(pause, (services, parsed, stop) =>
            OutboxAdministration.PauseAsync(services, parsed.InvocationConfiguration.Output, stop));
    }
}
