using System.Net.Mime;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>The options for the browser to create or use a passkey. An ordinary form sends the browser's answer.</summary>
internal static class PasskeyEndpoints
{
    /// <remarks>Each takes a form, so that ASP.NET Core checks the antiforgery token.</remarks>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var passkeys = routes.MapGroup("/moderation/passkeys");
        passkeys.MapPost("/request", RequestAsync).AllowAnonymous();
        passkeys.MapPost("/create", CreateAsync).RequireAuthorization(ModeratorPolicies.Moderator);
        passkeys.MapPost("/join", JoinAsync).AllowAnonymous();
    }

    private static async Task<ContentHttpResult> RequestAsync(IFormCollection form, SignInService signIn) =>
        Json(await signIn.MakePasskeyRequestOptionsAsync(null));

    private static async Task<Results<ContentHttpResult, ForbidHttpResult, UnauthorizedHttpResult>> CreateAsync(
        IFormCollection form, HttpContext http, SignInService signIn, UserManager<Moderator> users)
    {
        if (SessionCookieConfiguration.Of(http) is not { IsFresh: true })
            return TypedResults.Forbid();
        if (await users.GetUserAsync(http.User) is not { } moderator)
            return TypedResults.Unauthorized();
        return Json(await signIn.MakePasskeyCreationOptionsAsync(Entity(moderator.Id, moderator.Email!, moderator.DisplayName)));
    }

    private static async Task<Results<ContentHttpResult, NotFound, UnprocessableEntity>> JoinAsync(
        IFormCollection form, SignInService signIn, InvitationService invitations)
    {
        if (await invitations.FindAsync(form["token"]) is not { } invitation)
            return TypedResults.NotFound();
        if (AccountFieldRules.ReadName(form["name"]) is not { } name
            || (invitation.Email ?? InvitationService.ReadEmail(form["email"])) is not { } email)
            return TypedResults.UnprocessableEntity();
        return Json(await signIn.MakePasskeyCreationOptionsAsync(Entity(Guid.CreateVersion7(), email, name)));
    }

    private static ContentHttpResult Json(string json) => TypedResults.Content(json, MediaTypeNames.Application.Json);

    private static PasskeyUserEntity Entity(Guid id, string email, string name) =>
        new() { Id = id.ToString(), Name = email, DisplayName = name };
}
