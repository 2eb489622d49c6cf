using ArmTwitch.Data.Files;

namespace ArmTwitch.Tests.Data.Files;

public sealed class DirectoryFlushTests
{
    /// <summary>fsync fails with EINVAL there.</summary>
    [Fact]
    public void A_folder_that_its_file_system_cannot_flush_is_taken_as_it_is() =>
        DirectoryFlush.Fsync(Directory.Exists("/proc") ? "/proc" : Path.GetTempPath());

    [Fact]
    public void A_folder_is_brought_to_disk_and_one_that_is_not_there_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("armtwitch flush ä ");
        DirectoryFlush.Fsync(folder.FullName);
        folder.Delete();

        Assert.Contains(
            folder.FullName, Assert.Throws<IOException>(() => DirectoryFlush.Fsync(folder.FullName)).Message, StringComparison.Ordinal);
    }
}
