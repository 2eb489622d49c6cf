using ArmTwitch.Data;

namespace ArmTwitch.Tests.Data;

public sealed class FolderFlushTests
{
    [Fact]
    public void A_folder_is_brought_to_disk_and_one_that_is_not_there_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("armtwitch flush ä ");
        FolderFlush.ToDisk(folder.FullName);
        folder.Delete();

        Assert.Contains(folder.FullName, Assert.Throws<IOException>(() => FolderFlush.ToDisk(folder.FullName)).Message, StringComparison.Ordinal);
    }
}
