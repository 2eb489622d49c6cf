using System.CommandLine;
using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;

namespace ArmTwitch.Commands;

/// <summary><c>moderators invite</c>, <c>list</c> and <c>remove</c>, for an operator without an account.</summary>
internal static class ModeratorsCommand
{
    public static Command Create(CommandHost host) =>
        new("moderators", "The people who decide on comments") { Invite(host), List(host), Remove(host) };

    private static Command Invite(CommandHost host)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address the person will sign in with" };
        email.Validators.Add(result =>
        {
            if (InvitationService.ReadEmail(result.Tokens.Count > 0 ? result.Tokens[0].Value : null) is null)
                result.AddError("EMAIL must be an address such as name@example.org.");
        });
        var role =
            new Option<string>("--role") { Description = "What the person may do", DefaultValueFactory = _ => ModeratorPolicies.Moderator };
        role.AcceptOnlyFromAmong(ModeratorPolicies.Moderator, ModeratorPolicies.Editor, ModeratorPolicies.Admin);
        var invite = new Command("invite", "Print a link with which a person makes an account, once and within 72 hours") { email, role };
        return host.WithDatabase(invite, async (services, parsed, stop) =>
        {
            var address = InvitationService.ReadEmail(parsed.GetValue(email))!;
            var made = await services.GetRequiredService<InvitationService>()
                .MakeAsync(address, ModeratorPolicies.RoleNamed(parsed.GetValue(role))!.Value, cancellationToken: stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(made?.Link ?? $"{address} has an account already.");
            if (made is { HasReplaced: true })
                await parsed.InvocationConfiguration.Error.WriteLineAsync("The link from before no longer works.");
            return made is null ? ExitCode.FoundFaults : ExitCode.Done;
        });
    }

    private static Command List(CommandHost host)
    {
        var json = CommandOutput.JsonOption();
        var list = new Command("list", "Print who has an account or an open invitation") { json };
        return host.WithDatabase(list, async (services, parsed, stop) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var people = await services.GetRequiredService<ModeratorAccounts>().ListAsync(stop);
            var invitations = await services.GetRequiredService<InvitationService>().ListAsync(stop);
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(CommandOutput.Json(people
                    .Select(one => new AccountRow(one.Id, one.Email, one.DisplayName, one.Role, one.CreatedAt, InvitedUntil: null))
                    .Concat(invitations.Select(
                        one => new AccountRow(one.Id, one.Email, Name: null, one.Role, CreatedAt: null, one.ExpiresAt)))));
                return ExitCode.Done;
            }

            foreach (var one in people)
                await output.WriteLineAsync($"{one.Email}  {ModeratorPolicies.NameOf(one.Role)}  {one.DisplayName}");
            await output.WriteLineAsync($"{people.Count} {(people.Count is 1 ? "person" : "people")}.");
            foreach (var one in invitations)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Email ?? "(first admin)"}  "
                    + $"{ModeratorPolicies.NameOf(one.Role)}  invited until {one.ExpiresAt:yyyy-MM-dd HH:mm} UTC"));
            if (invitations.Count > 0)
                await output.WriteLineAsync($"{Plural.Of(invitations.Count, "open invitation")}.");
            return ExitCode.Done;
        });
    }

    private static Command Remove(CommandHost host)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address the person signs in with" };
        var remove = new Command("remove", "End a person's account and every session of theirs, or revoke the invitation") { email };
        return host.WithDatabase(remove, async (services, parsed, stop) =>
        {
            if (await RevokeAsync(services.GetRequiredService<InvitationService>(), parsed.GetValue(email)!, stop))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"The invitation of {parsed.GetValue(email)} is revoked.");
                return ExitCode.Done;
            }

            var accounts = services.GetRequiredService<ModeratorAccounts>();
            var outcome = await accounts.FindAsync(parsed.GetValue(email)!, stop) is { } moderator
                ? await accounts.RemoveAsync(moderator.Id, cancellationToken: stop)
                : ModeratorAccountOutcome.Unknown;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(outcome switch
            {
                ModeratorAccountOutcome.Done => $"{parsed.GetValue(email)} is removed.",
                ModeratorAccountOutcome.LastAdmin =>
                    $"{parsed.GetValue(email)} is the last admin. First invite another: moderators invite EMAIL --role admin",
                _ => $"{parsed.GetValue(email)} has no account and no open invitation.",
            });
            return outcome is ModeratorAccountOutcome.Done ? ExitCode.Done : ExitCode.FoundFaults;
        });
    }

    /// <returns>Whether there was an open invitation. Nobody has both an invitation and an account.</returns>
    private static async Task<bool> RevokeAsync(InvitationService invitations, string email, CancellationToken cancellationToken)
    {
        var normalized = ModeratorAccounts.Normalize(email);
        var open = (await invitations.ListAsync(cancellationToken))
            .FirstOrDefault(one => one.Email is not null && ModeratorAccounts.Normalize(one.Email) == normalized);
        return open is not null && await invitations.RevokeAsync(open.Id, cancellationToken: cancellationToken);
    }

    /// <param name="InvitedUntil">Null for an account.</param>
    private sealed record AccountRow(
        Guid Id, string? Email, string? Name, ModeratorRole Role, DateTimeOffset? CreatedAt, DateTimeOffset? InvitedUntil);
}
