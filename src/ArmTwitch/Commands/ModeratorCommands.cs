using System.CommandLine;
using System.Globalization;
using ArmTwitch.Data;
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
        var list = new Command("list", "Print who has an account or an open invitation") { json };
        list.SetAction((parsed, cancellationToken) => site.RunAsync(async (services, stop) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var people = await services.GetRequiredService<People>().ListAsync(stop);
            var invitations = await services.GetRequiredService<Invitations>().ListAsync(stop);
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(Output.Json(people
                    .Select(one => new Listed(one.Id, one.Email, one.DisplayName, one.Role, one.CreatedAt, InvitedUntil: null))
                    .Concat(invitations.Select(one => new Listed(one.Id, one.Email, Name: null, one.Role, CreatedAt: null, one.ExpiresAt)))));
                return ExitCode.Done;
            }

            foreach (var one in people)
                await output.WriteLineAsync($"{one.Email}  {Policies.NameOf(one.Role)}  {one.DisplayName}");
            await output.WriteLineAsync($"{people.Count} {(people.Count is 1 ? "person" : "people")}.");
            foreach (var one in invitations)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Email ?? "(first admin)"}  {Policies.NameOf(one.Role)}  invited until {one.ExpiresAt:yyyy-MM-dd HH:mm} UTC"));
            if (invitations.Count > 0)
                await output.WriteLineAsync($"{invitations.Count} {(invitations.Count is 1 ? "open invitation" : "open invitations")}.");
            return ExitCode.Done;
        }, cancellationToken));
        return list;
    }

    private static Command Remove(OfflineSite site)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address the person signs in with" };
        var remove = new Command("remove", "End a person's account and every session of theirs, or revoke the invitation") { email };
        remove.SetAction((parsed, cancellationToken) => site.RunAsync(async (services, stop) =>
        {
            if (await RevokeAsync(services.GetRequiredService<Invitations>(), parsed.GetValue(email)!, stop))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"The invitation of {parsed.GetValue(email)} is revoked.");
                return ExitCode.Done;
            }

            var people = services.GetRequiredService<People>();
            var outcome = await people.FindAsync(parsed.GetValue(email)!, stop) is { } moderator ? await people.RemoveAsync(moderator.Id, cancellationToken: stop) : PeopleOutcome.Unknown;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(outcome switch
            {
                PeopleOutcome.Done => $"{parsed.GetValue(email)} is removed.",
                PeopleOutcome.LastAdmin => $"{parsed.GetValue(email)} is the last admin. First invite another: moderators invite EMAIL --role admin",
                _ => $"{parsed.GetValue(email)} has no account and no open invitation.",
            });
            return outcome is PeopleOutcome.Done ? ExitCode.Done : ExitCode.FoundFaults;
        }, cancellationToken));
        return remove;
    }

    /// <returns>Whether the person had an invitation that could still be used. Nobody has one beside an account.</returns>
    private static async Task<bool> RevokeAsync(Invitations invitations, string email, CancellationToken cancellationToken)
    {
        var normalized = People.Normalize(email);
        var open = (await invitations.ListAsync(cancellationToken)).FirstOrDefault(one => one.Email is not null && People.Normalize(one.Email) == normalized);
        return open is not null && await invitations.RevokeAsync(open.Id, cancellationToken: cancellationToken);
    }

    /// <param name="InvitedUntil">For who has no account yet; null for everybody else.</param>
    private sealed record Listed(Guid Id, string? Email, string? Name, ModeratorRole Role, DateTimeOffset? CreatedAt, DateTimeOffset? InvitedUntil);
}
