using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Privacy;

/// <summary>
/// Looks for words in everything that a site keeps: every column of every table, as the database itself lists them, and every file of
/// the data folder; as they are and in base64, whatever the case.
/// </summary>
internal sealed class PersonalDataScan(TestSite site, IEnumerable<string> seeds)
{
    private readonly IReadOnlyList<(string Seed, IReadOnlyList<string> Forms)> wanted =
        [.. seeds.Distinct().Select(seed => (seed, Forms(seed)))];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <returns>Each place with what stands there, such as <c>Comments.Text: seed</c>.</returns>
    public async Task<IReadOnlyList<string>> FindAsync() =>
        [.. (await InTablesAsync()).Concat(await InFilesAsync()).Distinct().Order(StringComparer.Ordinal)];

    private async Task<List<string>> InTablesAsync()
    {
        await using var db = site.Database();
        await db.Database.OpenConnectionAsync(Stop);
        var connection = db.Database.GetDbConnection();
        var tables = await ListAsync(connection, db.Database.IsSqlite()
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync(Stop);
            while (await rows.ReadAsync(Stop))
            {
                for (var column = 0; column < rows.FieldCount; column++)
                    found.AddRange(In(rows.GetValue(column)).Select(seed => $"{table}.{rows.GetName(column)}: {seed}"));
            }
        }

        return found;
    }

    private async Task<List<string>> InFilesAsync()
    {
        var found = new List<string>();
        using var copy = await DataFolderCopy.OfAsync(site);
        foreach (var file in Directory.EnumerateFiles(copy.Folder, "*", SearchOption.AllDirectories))
            found.AddRange(In(await File.ReadAllBytesAsync(file, Stop)).Concat(In(Path.GetFileName(file)))
                .Select(seed => $"{Path.GetRelativePath(copy.Folder, file)}: {seed}"));
        return found;
    }

    private IEnumerable<string> In(object value)
    {
        var text = value switch
        {
            string words => words,
            byte[] bytes => Encoding.Latin1.GetString(bytes),
            _ => "",
        };
        return text.Length is 0
            ? []
            : wanted.Where(one => one.Forms.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase))).Select(one => one.Seed);
    }

    private static async Task<List<string>> ListAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(Stop);
        var names = new List<string>();
        while (await rows.ReadAsync(Stop))
            names.Add(rows.GetString(0));
        return names;
    }

    /// <summary>
    /// The word itself, and what is common to all base64 in which it stands: it may begin at any of three places of a group.
    /// </summary>
    private static List<string> Forms(string seed)
    {
        // Bytes are looked through as Latin-1.
        var forms = new List<string> { seed, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(seed)) };
        for (var before = 0; before < 3; before++)
        {
            var coded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', before) + seed));
            var (first, last) = (before is 0 ? 0 : 4, (before + Encoding.UTF8.GetByteCount(seed)) / 3 * 4);
            forms.Add(coded[first..last]);
        }

        return forms;
    }
}
