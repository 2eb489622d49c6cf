using ArmTwitch.Data;

namespace ArmTwitch.Tests;

/// <summary>
/// The databases that a test of data runs on: <c>[Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]</c>.
/// </summary>
public static class TestDatabases
{
    public static TheoryData<DatabaseKind> Both => [DatabaseKind.Sqlite, DatabaseKind.Postgres];
}
