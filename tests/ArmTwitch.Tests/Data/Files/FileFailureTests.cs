using System.Net.Sockets;
using ArmTwitch.Data.Files;

namespace ArmTwitch.Tests.Data.Files;

public sealed class FileFailureTests
{
    [Fact]
    public void Who_may_not_write_is_told_which_file_as_whom_and_what_to_do()
    {
        var words = FileFailure.Describe(
            new UnauthorizedAccessException("Access to the path '/root/list.csv' is denied.", new IOException("Permission denied")));

        Assert.Equal($"Access to the path '/root/list.csv' is denied. The user {Environment.UserName} may not do that: give the file, or "
            + "the folder that it is in, to that user, or name another.", words);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var missing = Assert.ThrowsAny<IOException>(() => File.ReadAllText("/nowhere/list.csv"));

        Assert.Equal("Could not find a part of the path '/nowhere/list.csv'. Name a folder that is there, or make it first.",
            FileFailure.Describe(missing));
    }

    [Fact]
    public void A_broken_connection_and_a_mistake_are_no_matter_of_files()
    {
        Assert.Null(FileFailure.Describe(new IOException("Unable to read data", new SocketException())));
        Assert.Null(FileFailure.Describe(new InvalidOperationException("x")));
    }
}
