using System.Net.Mime;
using ArmTwitch.Moderators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Moderation;

public static class ModerationFeature
{
    private const string Policy = "moderator";

    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddSingleton<Decisions>().AddSingleton<DecisionMail>().AddSingleton<WaitingComments>().AddSingleton<Audit>().AddSingleton<Figures>().AddSingleton<Digest>();
        services.AddSingleton(new ModerationLink("Figures", "/moderation/figures", Order: 20)).AddSingleton(new ModerationLink("Audit", "/moderation/audit", Order: 30));
        services.AddSingleton<Housekeeping>().AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        services.AddSingleton<DecisionFollower>().AddHostedService(provider => provider.GetRequiredService<DecisionFollower>());
        return services;
    }

    /// <summary>The audit as a file. The screens are routed with the root of /moderation.</summary>
    public static IEndpointRouteBuilder MapModeration(this IEndpointRouteBuilder routes)
    {
        var moderation = routes.MapGroup("/moderation").RequireAuthorization(Policy);
        moderation.MapGet("/audit/export", ExportAsync);
        return routes;
    }

    /// <param name="format"><c>csv</c> or <c>json</c>.</param>
    private static Results<PushStreamHttpResult, BadRequest<string>> ExportAsync(string? format, HttpContext http, Audit audit, TimeProvider clock)
    {
        var name = $"decisions-{clock.GetUtcNow():yyyy-MM-dd}.{format}";
        http.Response.Headers.CacheControl = "no-store";
        return format switch
        {
            "csv" => TypedResults.Stream(output => WriteAsync(output, audit.WriteCsvAsync), $"{MediaTypeNames.Text.Csv}; charset=utf-8", name),
            "json" => TypedResults.Stream(output => WriteAsync(output, audit.WriteJsonAsync), MediaTypeNames.Application.Json, name),
            _ => TypedResults.BadRequest("The format must be csv or json."),
        };
    }

    private static async Task WriteAsync(Stream output, Func<TextWriter, CancellationToken, Task> write)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await write(writer, CancellationToken.None);
    }
}
