using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

public static class ModeratorsFeature
{
    /// <summary>Where the framework's script is: the same for everybody, to be kept by the browser, and behind no sign-in.</summary>
    private static readonly PathString Script = "/_framework";

    /// <summary>How the addresses begin that are moderators' alone.</summary>
    private static readonly PathString[] Roots = ["/moderation", "/_blazor", Script];

    private const int MessageBytes = 64 * 1024, FormBytes = 64 * 1024;

    public static IServiceCollection AddModerators(this IServiceCollection services)
    {
        services.AddSettings<ModeratorsOptions>("Moderators");
        services.AddSettings<SignInLimitOptions>("Limits");
        services.AddSingleton<InvitationService>().AddSingleton<ModeratorAccounts>().AddSingleton<AccountChangeMailer>()
            .AddSingleton<PendingAuthenticatorKeys>().AddSingleton<TotpAuthenticator>().AddSingleton<PasswordAttemptLimiter>()
            .AddSingleton<KnownBrowserCookie>().AddScoped<CredentialService>().AddSingleton<SecondFactorLimiter>();
        services.AddSingleton<IRetentionRules, ModeratorRetentionRules>().AddSingleton<IPersonDataEraser, ModeratorPersonDataEraser>()
            .AddSingleton<IRestoreReconciler, SessionRestoreReconciler>().AddHostedService<FirstAdminInvitation>();
        services.AddSingleton(new ModerationNavigationLink("Queue", "/moderation", Order: 0))
            .AddSingleton(new ModerationNavigationLink("People", "/moderation/people", Order: 80, ModeratorRole.Admin))
            .AddSingleton(new ModerationNavigationLink("My account", "/moderation/account", Order: 90));
        AddAccounts(services);
        AddSessions(services);
        AddScreens(services);
        return services;
    }

    /// <summary>
    /// The moderation pages, their connection and the framework's script with routes of their own, and sign-in, permissions and
    /// antiforgery before the first two. Readers' pages have no use for them and stay free of cookies; and no reader waits at a start
    /// until they are made, for that is done when the first moderator comes.
    /// </summary>
    /// <param name="map">Adds the routes; each has to begin with one of <see cref="Roots"/>.</param>
    public static IApplicationBuilder UseModerators(this WebApplication app, Action<IEndpointRouteBuilder> map)
    {
        // Without these two marks the host would put sign-in and permissions before everything else, for every reader.
        foreach (var mark in (string[])["__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet"])
            ((IApplicationBuilder)app).Properties[mark] = true;
        return app.Use(readers =>
        {
            var moderators = new Lazy<RequestDelegate>(() =>
            {
                var screens = ((IApplicationBuilder)app).New();
                var circuits = app.Services.GetRequiredService<CircuitLimiter>();
                var watch = app.Services.GetRequiredService<EndedSessionHubFilter>();
                var plainHttp = app.Services.GetRequiredService<HttpsRequiredMiddleware>();
                screens.Use(AnswerHeadAsync).UseRouting();
                screens.UseWhen(
                    http => !http.Request.Path.StartsWithSegments(Script),
                    guarded => guarded.Use(DescribeAsync).Use(plainHttp.RefuseAsync).Use(RefuseForeignAsync)
                        .Use(circuits.RefuseForeignAsync).UseAuthentication().UseAuthorization()
                        .Use(watch.WatchAsync).Use(circuits.RefuseWhenFullAsync)
                        .Use(RefuseMalformedAsync).UseAntiforgery().Use(RefuseForgedAsync));
                return screens.UseEndpoints(map).Build();
            });
            return http => Roots.Any(root => http.Request.Path.StartsWithSegments(root)) ? moderators.Value(http) : readers(http);
        });
    }

    /// <summary>
    /// Every component with an address becomes a page, whatever room it is in: Razor pages with an address are moderation pages.
    /// </summary>
    public static IEndpointRouteBuilder MapModerators(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets();
        ModerationAssets.Map(routes);
        PasskeyEndpoints.Map(routes);
        SessionEndpoints.Map(routes);
        // Any other method finds no endpoint, and routing answers 405.
        routes.MapMethods("/moderation/{**rest}", [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post], () => Results.NotFound())
            .RequireAuthorization(ModeratorPolicies.Moderator);
        routes.MapRazorComponents<ModerationApp>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(endpoint =>
            {
                if (((RouteEndpointBuilder)endpoint).RoutePattern.RawText?.TrimStart('/')
                    .StartsWith("_blazor", StringComparison.Ordinal) is true)
                    endpoint.Metadata.Add(new AuthorizeAttribute(ModeratorPolicies.Moderator));
            });
        return routes;
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddIdentityCore<Moderator>().AddEntityFrameworkStores<ArmTwitchDb>()
            .AddUserManager<ModeratorUserManager>().AddSignInManager<SignInService>().AddClaimsPrincipalFactory<ModeratorClaimsFactory>();
        services.AddOptions<IdentityOptions>().Configure(identity =>
        {
            // Length is what makes a password hard to guess; rules about its letters make it hard to remember (NIST SP 800-63B, 3.1.1.2).
            identity.Password = new()
            {
                RequiredLength = AccountFieldRules.ShortestPassword,
                RequiredUniqueChars = 1,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false
            };
            identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(typeof(TotpAuthenticator));
            identity.User = new() { RequireUniqueEmail = true, AllowedUserNameCharacters = "" };
        });
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SiteOptions>, Site>((passkeys, options, site) =>
        {
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            if (options.Value.BaseUrl.Length is 0)
                return;
            passkeys.ServerDomain = new Uri(site.Origin).Host;
            passkeys.ValidateOrigin = claimed => ValueTask.FromResult(!claimed.CrossOrigin && claimed.Origin == site.Origin);
        });
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddSingleton<SessionStore>().AddSingleton<EndedSessionHubFilter>()
            .AddSingleton<HttpsRequiredMiddleware>().AddSingleton<SessionCookieConfiguration>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(
            provider => provider.GetRequiredService<SessionCookieConfiguration>());
        services.AddAuthorization(ModeratorPolicies.Add);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IHostEnvironment>((antiforgery, environment) =>
        {
            antiforgery.Cookie.Name = SessionCookieConfiguration.Name(environment, "antiforgery");
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SecurePolicy = SessionCookieConfiguration.Secure(environment);
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    private static void AddScreens(IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            circuit.DisconnectedCircuitMaxRetained = 20;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        }).AddHubOptions(hub =>
        {
            hub.MaximumReceiveMessageSize = MessageBytes;
            hub.AddFilter<EndedSessionHubFilter>();
        });
        services.AddSingleton<CircuitLimiter>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<CircuitLimiter>())
            .AddScoped<CircuitHandler, CircuitGuard>();
        services.Replace(ServiceDescriptor.Scoped<AuthenticationStateProvider, CircuitSessionValidator>());
    }

    /// <summary>HEAD is answered as GET is, without the body (RFC 9110, 9.3.2). Pages and downloads are made for GET alone.</summary>
    private static async Task AnswerHeadAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        (http.Request.Method, http.Response.Body) = (HttpMethods.Get, Stream.Null);
        try
        {
            await next(http);
        }
        finally
        {
            (http.Request.Method, http.Response.Body) = (HttpMethods.Head, body);
        }
    }

    /// <summary>
    /// These pages act by a cookie, so another site may send them nothing, besides what antiforgery refuses. And they are made for the
    /// address that was asked, so it has to be one.
    /// </summary>
    private static Task RefuseForeignAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out _))
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (!isSafe && http.RequestServices.GetRequiredService<CrossSiteGuard>().IsCrossSite(request))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            return next(http);
        return Task.CompletedTask;
    }

    /// <summary>Antiforgery would fail on a form that it cannot read. What is read here is read once.</summary>
    private static async Task RefuseMalformedAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            if (http.Request.HasFormContentType)
                await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception malformed) when (PostedForm.IsMalformed(malformed))
        {
            http.Response.StatusCode = PostedForm.StatusOf(malformed);
            return;
        }

        await next(http);
    }

    /// <summary>An endpoint that reads a form would fail on one that was not made here, or that could not be read.</summary>
    private static Task RefuseForgedAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } forged)
            return next(http);
        http.Response.StatusCode = (forged.Error?.InnerException as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        // Both words, or antiforgery says in the log that it has to add the other.
        headers.CacheControl = "no-cache, no-store";
        headers["X-Robots-Tag"] = "noindex";
        // The link of an invitation is a secret.
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FormBytes;
        return next(http);
    }
}
