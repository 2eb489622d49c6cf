using ArmTwitch.Data.Files;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data.Files;

public sealed class NewFileTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-new-file-");

    private string FilePath => Path.Combine(home.FullName, "x.csv");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task What_could_not_be_written_to_its_end_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<IOException>(() => NewFile.WriteAsync(FilePath, async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray(), TestContext.Current.CancellationToken);
            throw new IOException("No space left on device");
        }));

        Assert.Empty(home.EnumerateFiles());
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(FilePath, "mine", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => NewFile.WriteAsync(FilePath, _ => Task.CompletedTask));

        Assert.Equal("mine", await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_full_disk_is_named_by_the_folder_that_is_written_to()
    {
        const int Full = 13;

        var told = await Assert.ThrowsAsync<IOException>(() => FullDisk.NamingAsync<int>(
            "/mnt/backups", () => throw new DbUpdateException("See the inner exception", new SqliteException("x", Full))));

        Assert.Equal("The disk of /mnt/backups is full. Make room on it, or name another folder.", FileFailure.Describe(told));
    }
}
