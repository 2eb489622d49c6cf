using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Checks the connection string at the start. Later, an invalid one would look like a database that is down, and be retried for ever.
/// </summary>
internal sealed class ConnectionStringValidator(IConfiguration configuration) : IValidateOptions<DataOptions>
{
    private const string Key = "ConnectionStrings:ArmTwitch";

    public ValidateOptionsResult Validate(string? name, DataOptions options) =>
        (configuration.GetConnectionString("ArmTwitch"), options.Provider) switch
        {
            (null or "", DatabaseKind.Sqlite) => ValidateOptionsResult.Success,
            (null or "", _) => ValidateOptionsResult.Fail($"{Key} is \"\"; with Data:Provider Postgres it must tell where the database "
                + "is, such as Host=localhost;Database=armtwitch"),
            var (set, provider) => FaultOf(set, provider) is { } fault
                ? ValidateOptionsResult.Fail($"{Key} does not suit Data:Provider {provider}: {fault}")
                : ValidateOptionsResult.Success,
        };

    /// <summary>The text must not contain the connection string, which may hold a password.</summary>
    /// <returns>Null when it is valid.</returns>
    private static string? FaultOf(string connection, DatabaseKind provider)
    {
        try
        {
            if (provider is DatabaseKind.Postgres)
                return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connection).Host) ? "it names no Host" : null;
            return string.IsNullOrWhiteSpace(new SqliteConnectionStringBuilder(connection).DataSource) ? "it names no Data Source" : null;
        }
        catch (Exception unreadable)
            when (unreadable is ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException)
        {
            // The rest of the message names a parameter of the library.
            return unreadable.Message.ReplaceLineEndings(" ").Split(" (Parameter")[0].TrimEnd('.');
        }
    }
}
