using System.CommandLine;
using ArmTwitch.Newsletter;

namespace ArmTwitch.Commands;

/// <summary><c>erase</c>, for somebody who asks the operator instead of using the link in a mail.</summary>
internal static class EraseCommand
{
    public static Command Make(OfflineSite site)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address of the person" };
        var erase = new Command("erase", "Erase what the newsletter keeps about a person; comments are erased on their writer's own page") { email };
        erase.SetAction((parsed, cancellationToken) => site.RunAsync(
            async (services, stop) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var erased = await NewsletterCommands.EraseAsync(services, parsed.GetValue(email)!, stop);
                await output.WriteLineAsync(erased switch
                {
                    null => "That is no e-mail address.",
                    true => "Erased. A keyed hash stays, so that nobody can put the address on the list without asking its owner.",
                    false => "The newsletter keeps nothing under this address.",
                });
                return erased is null ? ExitCode.WrongUsage : ExitCode.Done;
            },
            cancellationToken));
        return erase;
    }
}
