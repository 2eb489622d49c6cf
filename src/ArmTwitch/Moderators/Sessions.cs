using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>How the cookie of a moderator behaves: it ends after a while of rest, ends after a day's work, and follows the account.</summary>
internal sealed class Sessions(IOptions<ModeratorsOptions> options, SignsOfLife signs, IHostEnvironment environment)
    : IConfigureNamedOptions<CookieAuthenticationOptions>, IConfigureOptions<SecurityStampValidatorOptions>
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(1);

    /// <summary>Over plain http on a developer's machine a browser would refuse a cookie that is for https only.</summary>
    public static CookieSecurePolicy Secure(IHostEnvironment environment) => environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    /// <summary>The prefix makes the browser hold the cookie to https, this host and the whole site (RFC 6265bis, 4.1.3.2).</summary>
    public static string Name(IHostEnvironment environment, string name) => environment.IsDevelopment() ? name : $"__Host-{name}";

    public void Configure(SecurityStampValidatorOptions stamps)
    {
        stamps.ValidationInterval = CheckEvery;
        stamps.OnRefreshingPrincipal = refreshing =>
        {
            if (refreshing.CurrentPrincipal?.FindFirst(ModeratorClaims.SignedInAt) is { } beginning)
                ModeratorClaims.Begin(refreshing.NewPrincipal, beginning.Value);
            return Task.CompletedTask;
        };
    }

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
        // With Strict, the link in a digest mail would always lead to the sign-in.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(options.Value.IdleMinutes);
        cookie.SlidingExpiration = true;
        cookie.Events.OnSigningIn = BeginAsync;
        cookie.Events.OnCheckSlidingExpiration = CheckRenewalAsync;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnSigningOut = EndAsync;
        cookie.Events.OnRedirectToLogin = AskToSignInAsync;
        cookie.Events.OnRedirectToAccessDenied = RefuseAsync;
    }

    /// <summary>A session that is renewed by its owner, after a new password for instance, does not become younger.</summary>
    private static Task BeginAsync(CookieSigningInContext context)
    {
        var now = context.Options.TimeProvider!.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Properties.Items.TryAdd(ModeratorClaims.SignedInAt, now);
        ModeratorClaims.Begin(context.Principal, context.Properties.Items[ModeratorClaims.SignedInAt]!);
        return Task.CompletedTask;
    }

    private static Task CheckRenewalAsync(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew &= SignsOfLife.IsOne(context.Request);
        return Task.CompletedTask;
    }

    private Task EndAsync(CookieSigningOutContext context)
    {
        signs.End(context.HttpContext.User);
        return Task.CompletedTask;
    }

    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var now = context.Options.TimeProvider!.GetUtcNow();
        if (ModeratorClaims.BeginningOf(context.Principal) is { } beginning && now - beginning < TimeSpan.FromHours(options.Value.SessionHours))
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            if (!SignsOfLife.IsOne(context.Request))
                context.ShouldRenew = false;
            else if (context.Principal is { } session)
                signs.Note(session);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/moderation", StringComparison.OrdinalIgnoreCase))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            context.Response.Redirect(ReturnAddress.SignIn(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : null));
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

/// <summary>Where to go after the sign-in. An address that a stranger can write into a link must not lead out of the site.</summary>
public static class ReturnAddress
{
    public const string Home = "/moderation";

    /// <returns>The address when it is one of the moderation pages, and the queue when it is anything else.</returns>
    public static string Safe(string? wanted) =>
        wanted is not null
        && (wanted == Home || wanted.StartsWith("/moderation/", StringComparison.Ordinal) || wanted.StartsWith("/moderation?", StringComparison.Ordinal))
        && !wanted.Any(letter => letter == '\\' || char.IsControl(letter))
        && !wanted.Contains("..", StringComparison.Ordinal)
            ? wanted
            : Home;

    public static string SignIn(string? wanted) => Safe(wanted) is var safe && safe == Home ? "/moderation/sign-in?returnUrl=%2Fmoderation" : $"/moderation/sign-in?returnUrl={Uri.EscapeDataString(safe)}";
}
