using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>Hands the browser what it needs to make or to use a passkey. The answer comes back with an ordinary form.</summary>
internal static class PasskeyEndpoints
{
    private const string Json = "application/json";

    /// <remarks>Each takes a form, which makes ASP.NET check the antiforgery token.</remarks>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var passkeys = routes.MapGroup("/moderation/passkeys");
        passkeys.MapPost("/request", RequestAsync).AllowAnonymous();
        passkeys.MapPost("/create", CreateAsync).RequireAuthorization(ModeratorPolicies.Moderator);
        passkeys.MapPost("/join", JoinAsync).AllowAnonymous();
    }

    private static async Task<IResult> RequestAsync(IFormCollection form, SignInService signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), Json);

    private static async Task<IResult> CreateAsync(
        IFormCollection form, HttpContext http, SignInService signIn, UserManager<Moderator> users) =>
        SessionCookieConfiguration.Of(http) is not { IsFresh: true } ? Results.Forbid()
        : await users.GetUserAsync(http.User) is { } moderator
            ? Results.Content(
                await signIn.MakePasskeyCreationOptionsAsync(Entity(moderator.Id, moderator.Email!, moderator.DisplayName)), Json)
            : Results.Unauthorized();

    private static async Task<IResult> JoinAsync(IFormCollection form, SignInService signIn, InvitationService invitations)
    {
        if (await invitations.FindAsync(form["token"]) is not { } invitation)
            return Results.NotFound();
        return AccountFieldRules.ReadName(form["name"]) is { } name
                && (invitation.Email ?? InvitationService.ReadEmail(form["email"])) is { } email
            ? Results.Content(await signIn.MakePasskeyCreationOptionsAsync(Entity(Guid.CreateVersion7(), email, name)), Json)
            : Results.UnprocessableEntity();
    }

    private static PasskeyUserEntity Entity(Guid id, string email, string name) =>
        new() { Id = id.ToString(), Name = email, DisplayName = name };
}
