using System.CommandLine;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;

namespace ArmTwitch.Commands;

/// <summary><c>erase</c>, for a person who asks the operator instead of using the links in mails.</summary>
internal static class EraseCommand
{
    private const string OlderComments = "Comments keep an address for 30 days after the decision at most. An older one is erased on its "
        + "author's own page, or taken off by a moderator.";

    public static Command Create(CommandHost host)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address of the person" };
        var json = CommandOutput.JsonOption();
        var erase = new Command(
            "erase", "Erase what is kept under an address: subscription, comments, mails, reports, notes and invitations")
        {
            email,
            json
        };
        return host.WithDatabase(erase, async (services, parsed, stop) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (!EmailAddress.TryParse(parsed.GetValue(email), out var address))
            {
                await output.WriteLineAsync("That is no e-mail address.");
                return ExitCode.WrongUsage;
            }

            var parts = await services.GetRequiredService<PersonErasureService>()
                .EraseAsync(new PersonAddress(address.Text, address.Key), stop);
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(CommandOutput.Json(parts));
                return ExitCode.Done;
            }

            foreach (var part in parts.OrderByDescending(part => part.IsErased))
                await output.WriteLineAsync(part.Sentence);
            await output.WriteLineAsync(parts.Any(part => part.IsErased) ? "Erased." : "Nothing is kept under this address.");
            await output.WriteLineAsync(OlderComments);
            return ExitCode.Done;
        });
    }
}
