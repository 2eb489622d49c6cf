using ArmTwitch.Data;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators;

/// <summary>Hands the browser what it needs to make or to use a passkey. The answer comes back with an ordinary form.</summary>
internal static class PasskeyEndpoints
{
    private const string Json = "application/json";

    /// <remarks>Each takes a form, which makes ASP.NET check the antiforgery token.</remarks>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var passkeys = routes.MapGroup("/moderation/passkeys");
        passkeys.MapPost("/request", RequestAsync).AllowAnonymous();
        passkeys.MapPost("/create", CreateAsync).RequireAuthorization(Policies.Moderator);
        passkeys.MapPost("/join", JoinAsync).AllowAnonymous();
    }

    private static async Task<IResult> RequestAsync(IFormCollection form, ModeratorSignIn signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), Json);

    private static async Task<IResult> CreateAsync(IFormCollection form, HttpContext http, ModeratorSignIn signIn, UserManager<Moderator> users) =>
        Sessions.Of(http) is not { IsFresh: true } ? Results.Forbid()
        : await users.GetUserAsync(http.User) is { } moderator
            ? Results.Content(await signIn.MakePasskeyCreationOptionsAsync(Entity(moderator.Id, moderator.Email!, moderator.DisplayName)), Json)
            : Results.Unauthorized();

    private static async Task<IResult> JoinAsync(IFormCollection form, ModeratorSignIn signIn, Invitations invitations)
    {
        if (await invitations.FindAsync(form["token"]) is not { } invitation)
            return Results.NotFound();
        return JoinDraft.ReadName(form["name"]) is { } name && (invitation.Email ?? Invitations.ReadEmail(form["email"])) is { } email
            ? Results.Content(await signIn.MakePasskeyCreationOptionsAsync(Entity(Guid.CreateVersion7(), email, name)), Json)
            : Results.UnprocessableEntity();
    }

    private static PasskeyUserEntity Entity(Guid id, string email, string name) => new() { Id = id.ToString(), Name = email, DisplayName = name };
}
