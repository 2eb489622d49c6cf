using System.CommandLine;
using ArmTwitch.Moderators;

namespace ArmTwitch.Commands;

/// <summary><c>moderators invite</c>, <c>list</c> and <c>remove</c>, for whoever has the machine and no account.</summary>
internal static class ModeratorCommands
{
    public static Command Make(OfflineSite site) => new("moderators", "The people who decide on comments") { Invite(site), List(site), Remove(site) };

    private static Command Invite(OfflineSite site)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address the person will sign in with" };
        email.Validators.Add(result =>
        {
            if (Invitations.ReadEmail(result.Tokens.Count > 0 ? result.Tokens[0].Value : null) is null)
                result.AddError("EMAIL must be an address such as name@example.org.");
        });
        var role = new Option<string>("--role") { Description = "What the person may do", DefaultValueFactory = _ => Policies.Moderator };
        role.AcceptOnlyFromAmong(Policies.Moderator, Policies.Editor, Policies.Admin);
        var invite = new Command("invite", "Print a link with which a person makes an account, once and within 72 hours") { email, role };
        invite.SetAction((parsed, cancellationToken) => site.RunAsync(async (services, stop) =>
        {
            var address = Invitations.ReadEmail(parsed.GetValue(email))!;
            var link = await services.GetRequiredService<Invitations>().MakeAsync(address, Policies.RoleNamed(parsed.GetValue(role))!.Value, cancellationToken: stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(link ?? $"{address} has an account already.");
            return link is null ? ExitCode.FoundFaults : ExitCode.Done;
        }, cancellationToken));
        return invite;
    }

    private static Command List(OfflineSite site)
    {
        var json = Output.JsonOption();
        var list = new Command("list", "Print who has an account") { json };
        list.SetAction((parsed, cancellationToken) => site.RunAsync(async (services, stop) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var people = await services.GetRequiredService<People>().ListAsync(stop);
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(Output.Json(people.Select(one => new { one.Id, one.Email, Name = one.DisplayName, one.Role, one.CreatedAt })));
                return ExitCode.Done;
            }

            foreach (var one in people)
                await output.WriteLineAsync($"{one.Email}  {Policies.NameOf(one.Role)}  {one.DisplayName}");
            await output.WriteLineAsync($"{people.Count} {(people.Count is 1 ? "person" : "people")}.");
            return ExitCode.Done;
        }, cancellationToken));
        return list;
    }

    private static Command Remove(OfflineSite site)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address the person signs in with" };
        var remove = new Command("remove", "End a person's account and every session of theirs") { email };
        remove.SetAction((parsed, cancellationToken) => site.RunAsync(async (services, stop) =>
        {
            var people = services.GetRequiredService<People>();
            var outcome = await people.FindAsync(parsed.GetValue(email)!, stop) is { } moderator ? await people.RemoveAsync(moderator.Id, stop) : PeopleOutcome.Unknown;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(outcome switch
            {
                PeopleOutcome.Done => $"{parsed.GetValue(email)} is removed.",
                PeopleOutcome.LastAdmin => $"{parsed.GetValue(email)} is the last admin. First invite another: moderators invite EMAIL --role admin",
                _ => $"{parsed.GetValue(email)} has no account.",
            });
            return outcome is PeopleOutcome.Done ? ExitCode.Done : ExitCode.FoundFaults;
        }, cancellationToken));
        return remove;
    }
}
