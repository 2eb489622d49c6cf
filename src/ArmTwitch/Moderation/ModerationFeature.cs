using System.Net.Mime;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Data.Telemetry;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Moderation.Auditing;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Digests;
using ArmTwitch.Moderation.PickupMail;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Moderation.Teamwork;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Pages.HttpPolicies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Moderation;

public static class ModerationFeature
{
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddSingleton<CommentRowLock>().AddSingleton<DecisionService>().AddSingleton<DecisionUndoService>()
            .AddSingleton<EditorReplyService>().AddSingleton<DecisionMailer>()
            .AddSingleton<ModerationQueueService>()
            .AddSingleton<IWaitingWork, QueueWaitingWork>().AddSingleton<IUrgentWork, QueueWaitingWork>().AddSingleton<IDatabaseGauges, QueueGauges>()
            .AddSingleton<AuditLog>().AddSingleton<IAuditSource, DecisionAuditSource>()
            .AddSingleton<CommentNoteService>().AddSingleton<EscalationService>()
            .AddSingleton<ModerationStatistics>().AddSingleton<ModeratorDigest>();
        services.AddSingleton(new ModerationNavigationLink("Queue", "/moderation/queue", ModerationNavigationGroup.Comments, Order: 10))
            .AddSingleton(new ModerationNavigationLink("Figures", "/moderation/figures", ModerationNavigationGroup.Comments, Order: 20))
            .AddSingleton(new ModerationNavigationLink("Audit", "/moderation/audit", ModerationNavigationGroup.Site, Order: 20));
        services.AddSingleton<PickupTransport>().AddSingleton<PickupMailReader>();
        services.AddSingleton<IRetentionRules, ModerationRetentionRules>().AddHostedService<ModeratorDigestService>();
        services.AddSingleton<CommentChangePoller>().AddHostedService(provider => provider.GetRequiredService<CommentChangePoller>());
        return services;
    }

    /// <summary>Adds the navigation entry for mails only in Development, where the page shows them.</summary>
    public static IServiceCollection AddMailScreen(this IServiceCollection services, IHostEnvironment environment) =>
        environment.IsDevelopment()
            ? services.AddSingleton(new ModerationNavigationLink("Mail", "/moderation/mail", ModerationNavigationGroup.Site, Order: 30, ModeratorRole.Admin))
            : services;

    /// <summary>Maps the export of the audit log, and in Development the HTML of mails. <c>MapModerators</c> maps the pages.</summary>
    public static IEndpointRouteBuilder MapModeration(this IEndpointRouteBuilder routes)
    {
        var moderation = routes.MapGroup("/moderation").RequireAuthorization(ModeratorPolicies.Moderator);
        moderation.MapGet("/audit/export", ExportAuditLog);
        moderation.MapGet("/audit/table", ExportEntries);
        if (routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            moderation.MapGet("/mail/html", ShowMail).RequireAuthorization(ModeratorPolicies.Admin);
        return routes;
    }

    /// <param name="format"><c>csv</c> or <c>json</c>.</param>
    private static Results<PushStreamHttpResult, BadRequest<string>> ExportAuditLog(
        string? format, HttpContext http, AuditLog audit, TimeProvider clock)
    {
        var name = $"decisions-{clock.GetUtcNow():yyyy-MM-dd}.{format}";
        http.Response.Headers.CacheControl = "no-store";
        return format switch
        {
            "csv" => TypedResults.Stream(
                output => WriteAsync(output, audit.WriteCsvAsync, http.RequestAborted), $"{MediaTypeNames.Text.Csv}; charset=utf-8", name),
            "json" => TypedResults.Stream(
                output => WriteAsync(output, audit.WriteJsonAsync, http.RequestAborted), MediaTypeNames.Application.Json, name),
            _ => TypedResults.BadRequest("The format must be csv or json."),
        };
    }

    /// <summary>The entries that the page would show with the same query, as CSV.</summary>
    private static PushStreamHttpResult ExportEntries(
        [AsParameters] AuditExportQuery asked, HttpContext http, AuditReader audit, TimeProvider clock)
    {
        var filter = AuditQuery.Read(asked.Who, asked.What, asked.From, asked.To);
        var role = CurrentModerator.From(http.User)?.Role ?? ModeratorRole.Moderator;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            output => WriteAsync(
                output, (writer, cancellationToken) => audit.WriteCsvAsync(filter, role, writer, cancellationToken), http.RequestAborted),
            $"{MediaTypeNames.Text.Csv}; charset=utf-8", $"audit-{clock.GetUtcNow():yyyy-MM-dd}.csv");
    }

    private static Results<ContentHttpResult, NotFound> ShowMail(string name, HttpContext http, PickupMailReader files)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.PickupMail;
        return files.Find(name) is { } mail ? TypedResults.Text(mail.Html, "text/html; charset=utf-8") : TypedResults.NotFound();
    }

    private static async Task WriteAsync(Stream output, Func<TextWriter, CancellationToken, Task> write, CancellationToken aborted)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await write(writer, aborted);
    }

    /// <summary>The query of the export, which is that of the page.</summary>
    internal sealed record AuditExportQuery
    {
        public string? Who { get; init; }

        public string? What { get; init; }

        public string? From { get; init; }

        /// <summary>The last day that is asked for.</summary>
        public string? To { get; init; }
    }
}
