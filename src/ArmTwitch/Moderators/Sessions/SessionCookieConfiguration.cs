using System.Security.Claims;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Configures the cookies of sign-ins. A cookie is valid only while <see cref="SessionStore"/> says so of its session.</summary>
internal sealed class SessionCookieConfiguration(
    IOptions<ModeratorsOptions> options, SessionStore store, KnownBrowserCookie browsers, IHostEnvironment environment)
    : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    /// <summary>The key of the secret in the cookie. A renewed cookie keeps it, and so the session.</summary>
    private const string Secret = "session";

    /// <summary>In Development cookies also work over plain http.</summary>
    public static CookieSecurePolicy Secure(IHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    /// <summary>The prefix restricts the cookie to https, this host and the whole site (RFC 6265bis, 4.1.3.2).</summary>
    public static string Name(IHostEnvironment environment, string name) => environment.IsDevelopment() ? name : $"__Host-{name}";

    /// <summary>The session of the request; null when nobody is signed in.</summary>
    public static SessionState? Of(HttpContext http) => http.Items[typeof(SessionState)] as SessionState;

    public void Configure(CookieAuthenticationOptions cookie)
    {
    }

    public void Configure(string? name, CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.Path = "/";
        cookie.Cookie.SecurePolicy = Secure(environment);
        if (name != IdentityConstants.ApplicationScheme)
        {
            cookie.Cookie.Name = Name(environment, name == IdentityConstants.TwoFactorUserIdScheme ? "second-step" : name ?? "other");
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            return;
        }

        cookie.Cookie.Name = Name(environment, "moderator");
        // With Strict, a link in a digest mail would always lead to the sign-in.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        // Longer than any session, so that the sign-in page can say why it ended.
        cookie.ExpireTimeSpan = TimeSpan.FromHours(options.Value.SessionHours) + SessionStore.RememberedFor;
        cookie.SlidingExpiration = false;
        cookie.Events.OnSigningIn = BeginAsync;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnSigningOut = EndAsync;
        cookie.Events.OnRedirectToLogin = RedirectToSignInAsync;
        cookie.Events.OnRedirectToAccessDenied = RefuseAsync;
    }

    /// <summary>
    /// Whether a moderator causes the request. Pages connect and ask for the time left by themselves.
    /// </summary>
    private static bool IsActivity(PathString path) =>
        !path.StartsWithSegments("/_blazor") && !path.StartsWithSegments(SessionEndpoints.Left);

    /// <summary>A new sign-in begins a session. A cookie that is renewed, after a new name for instance, keeps its session.</summary>
    private async Task BeginAsync(CookieSigningInContext context)
    {
        if (!context.Properties.Items.TryGetValue(Secret, out var secret) || secret is null)
        {
            if (SessionStore.HashOf(context.HttpContext.User) is { } before)
                await store.EndAsync(before, SessionEnd.Replaced);
            secret = await store.BeginAsync(Guid.Parse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!));
            context.Properties.Items[Secret] = secret;
            browsers.Remember(context.HttpContext, context.Principal!.FindFirstValue(ClaimTypes.Email)!);
        }

        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim(ModeratorClaimsFactory.Session, secret));
    }

    private async Task EndAsync(CookieSigningOutContext context)
    {
        if (SessionStore.HashOf(context.HttpContext.User) is { } session)
            await store.EndAsync(session, SessionEnd.SignedOut);
    }

    /// <remarks>It does not delete the cookie of an ended session: the sign-in page reads it to say why the session ended.</remarks>
    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (ModerationAssets.IsAsset(http.Request.Path))
            return;
        if (SessionStore.HashOf(context.Principal) is not { } session)
        {
            context.RejectPrincipal();
            return;
        }

        var state = await store.ReadAsync(session, http.RequestAborted);
        http.Items[typeof(SessionState)] = state;
        if (state.Ended is not null)
        {
            context.RejectPrincipal();
            return;
        }

        ModeratorClaimsFactory.UpdatePrincipal(context.Principal!, state);
        if (!state.IsActivityRecorded && IsActivity(http.Request.Path))
            await store.RecordActivityAsync(session);
    }

    private static Task RedirectToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/moderation", StringComparison.OrdinalIgnoreCase))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            context.Response.Redirect(
                LocalReturnUrl.SignIn(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : request.Path));
        return Task.CompletedTask;
    }

    /// <summary>Says which role is missing, in the frame of the moderation pages.</summary>
    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        var needed = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Max(data => ModeratorPolicies.RoleNamed(data.Policy));
        return needed is not { } role
            ? Task.CompletedTask
            : NoticePage.RoleNeeded(ModeratorPolicies.NameOf(role)).ExecuteAsync(http);
    }
}
