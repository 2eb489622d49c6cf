using ArmTwitch.Data;
using ArmTwitch.Data.Changes;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.People;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

public static class ModeratorsFeature
{
    private const int MaxMessageBytes = 64 * 1024;

    public static IServiceCollection AddModerators(this IServiceCollection services)
    {
        services.AddSettings<ModeratorsOptions>("Moderators");
        services.AddSettings<SignInLimitOptions>("Limits");
        services.AddSingleton<InvitationService>().AddSingleton<ModeratorAccounts>().AddSingleton<AccountChangeMailer>()
            .AddSingleton<AuditTrail>().AddSingleton<AuditReader>().AddSingleton<IAuditSource, AccountAuditSource>()
            .AddSingleton<PeopleDirectory>().AddSingleton<ModeratorSessionEnder>()
            .AddScoped<SecondFactorResetService>().AddSingleton<PendingAuthenticatorKeys>().AddSingleton<TotpAuthenticator>().AddSingleton<PasswordAttemptLimiter>()
            .AddSingleton<KnownBrowserCookie>().AddScoped<CredentialService>().AddSingleton<SecondFactorLimiter>()
            .AddSingleton<WaitingWorkList>();
        services.AddSingleton<IRetentionRules, ModeratorRetentionRules>().AddSingleton<IPersonDataEraser, ModeratorPersonDataEraser>()
            .AddSingleton<IRestoreReconciler, SessionRestoreReconciler>().AddHostedService<FirstAdminInvitation>();
        services.AddSingleton(new ModerationNavigationLink("What waits", "/moderation", ModerationNavigationGroup.Home, Order: 10));
        services.AddSingleton(
            new ModerationNavigationLink("People", "/moderation/people", ModerationNavigationGroup.Site, Order: 10, ModeratorRole.Admin));
        services.AddModeratorIdentity();
        AddSessions(services);
        AddScreens(services);
        return services;
    }

    /// <summary>
    /// Maps the moderation pages. Every component with a route is one of them, whatever room it is in.
    /// </summary>
    public static IEndpointRouteBuilder MapModerators(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets();
        ModerationAssets.Map(routes);
        PasskeyEndpoints.Map(routes);
        SessionEndpoints.Map(routes);
        // For any other method routing answers 405.
        routes.MapMethods("/moderation/{**rest}", [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post], NoticePage.NotFound)
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

    private static void AddSessions(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddSingleton<SessionStore>().AddSingleton<SessionEndWatcher>().AddSingleton<SessionChangeHandler>()
            .AddSingleton<IDatabaseChangeHandler>(provider => provider.GetRequiredService<SessionChangeHandler>())
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
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            hub.AddFilter<SessionEndWatcher>();
        });
        services.AddSingleton<CircuitLimiter>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<CircuitLimiter>())
            .AddScoped<CircuitHandler, CircuitGuard>();
        services.Replace(ServiceDescriptor.Scoped<AuthenticationStateProvider, CircuitSessionValidator>());
    }
}
