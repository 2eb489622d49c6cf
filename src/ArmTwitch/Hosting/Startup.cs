using System.Net.Sockets;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Hosting.Telemetry;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Connections;

namespace ArmTwitch.Hosting;

/// <summary>Starts the program, or writes one line for each fault that keeps it from starting.</summary>
internal static class Startup
{
    private const string DefaultAddress = "http://localhost:5080";

    /// <summary>Configures address, logging and memory pool.</summary>
    public static void UseArmTwitchHost(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // Finds Blazor's script in the package folder when the program runs from its build folder.
        builder.WebHost.UseStaticWebAssets();
        // The fallback route would match every address, so that GET of a POST-only route would give 404 in place of 405.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlockMemoryPool.PoolFactory>();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null
            && builder.Configuration["https_ports"] is null)
            builder.WebHost.UseUrls(DefaultAddress);

        // Run reports faults of the start, BackgroundSupervisor those of background services.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // EF would log parameters and rows. The callers log database failures themselves, without personal data.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        // With logging on, the host makes an Activity and a log scope for every request. Tracing enables it by listening.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // ErrorPageMiddleware logs the failure with the request id; this would repeat it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        builder.Logging.AddConsoleFormat(builder.Configuration);
        builder.Services.PassOverWrongLogLevels();
    }

    /// <returns>
    /// The exit code: 0 after a clean stop, 1 after a fault that may pass, 2 after one that stays until somebody mends the settings; then
    /// the unit of the package does not try again.
    /// </returns>
    public static int Run(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        try
        {
            ThreadScheduling.PreferThroughput();
            builder.Services.ReadKeysWhenNeeded();
            using var app = builder.Build();
            if (FaultsOf(app) is { Count: > 0 } faults)
                return WriteWrongSettings(faults);
            app.Services.GetRequiredService<SettingNameSuggestions>().Warn();
            if (ModerationScriptHealthCheck.FaultOf(app.Environment) is { } missing)
                return WriteFault(missing);
            // Reads the articles while the routes are mapped.
            var content = Task.Run(app.Services.GetRequiredService<ArticleLibrary>);
            map(app);
            content.GetAwaiter().GetResult();
            app.Run();
            return 0;
        }
        catch (IOException busy) when (busy.InnerException is AddressInUseException)
        {
            return WriteFault($"The address {Address(builder)} is in use by another program. Stop that one, or set ASPNETCORE_URLS to another address, such as http://localhost:5081");
        }
        catch (Exception unbound) when (unbound is SocketException or IOException { InnerException: SocketException })
        {
            return WriteFault($"It may not listen on {Address(builder)}: {unbound.Message.TrimEnd('.')}. Set ASPNETCORE_URLS to another address, such as http://localhost:5081");
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException
            && wrong.Source is "Microsoft.AspNetCore.Server.Kestrel.Core" or "System.Net.Primitives")
        {
            return WriteFault($"It may not listen on {Address(builder)}: {wrong.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        }
        catch (Exception wrong) when (SettingsValidation.FaultsOf(wrong) is { } faults)
        {
            return WriteWrongSettings(faults);
        }
        catch (Exception failed) when (failed is not HostAbortedException)
        {
            Console.Error.WriteLine($"ArmTwitch has stopped: {failed}");
            return ExitCode.FoundFaults;
        }
    }

    /// <summary>All faults of the settings, one line each.</summary>
    private static List<string> FaultsOf(WebApplication app)
    {
        List<string> faults = [.. SettingsValidation.Faults(app.Services)];
        // Creates the folder, so only with valid settings.
        if (!faults.Any(
            fault => fault.StartsWith("Data:", StringComparison.Ordinal) || fault.StartsWith("Content:", StringComparison.Ordinal)))
            faults.AddRange(SettingsValidation.Try(() => app.Services.GetRequiredService<DataFolder>()));
        // Options of the database report a fault of its folder, too.
        return [.. faults.Distinct()];
    }

    private static string Address(WebApplicationBuilder builder) => builder.Configuration["urls"] ?? DefaultAddress;

    private static int WriteWrongSettings(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
            WriteFault(fault);
        return ExitCode.WrongUsage;
    }

    private static int WriteFault(string fault)
    {
        Console.Error.WriteLine($"ArmTwitch cannot start: {fault}.");
        return ExitCode.FoundFaults;
    }
}
