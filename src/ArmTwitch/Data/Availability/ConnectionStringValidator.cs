using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// The database is asked after the start, and again and again: a connection string that cannot be read would fail for ever.
/// </summary>
internal sealed class ConnectionStringValidator(IConfiguration configuration) : IValidateOptions<DataOptions>
{
    private const string Key = "ConnectionStrings:ArmTwitch";

    public ValidateOptionsResult Validate(string? name, DataOptions options) =>
        (configuration.GetConnectionString("ArmTwitch"), options.Provider) switch
        {
            (null or "", DatabaseKind.Sqlite) => ValidateOptionsResult.Success,
            (null or "", _) => ValidateOptionsResult.Fail($"{Key} is \"\"; with Data:Provider Postgres it must tell where the database is, such as Host=localhost;Database=armtwitch"),
            var (set, provider) => FaultOf(set, provider) is { } fault
                ? ValidateOptionsResult.Fail($"{Key} does not suit Data:Provider {provider}: {fault}")
                : ValidateOptionsResult.Success,
        };

    /// <summary>It may hold a password, so it is not repeated.</summary>
    /// <returns>Null when it can be read.</returns>
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
            // Of the message only what is about the keyword; the rest names a parameter of the library.
            return unreadable.Message.ReplaceLineEndings(" ").Split(" (Parameter")[0].TrimEnd('.');
        }
    }
}
