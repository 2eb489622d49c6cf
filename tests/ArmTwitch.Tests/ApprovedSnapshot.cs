namespace ArmTwitch.Tests;

/// <summary>
/// Output that a person has read and approved, as files in <c>Snapshots</c>. To approve a change, copy the files that the failing test
/// names over the snapshots.
/// </summary>
internal static class ApprovedSnapshot
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Snapshots");

    /// <param name="outputs">Each with the name of its file below <see cref="Folder"/>.</param>
    public static void Matches(params (string Name, string Received)[] outputs)
    {
        var changed = outputs.Where(output => !IsApproved(output.Name, output.Received)).ToList();
        foreach (var (name, received) in changed)
            File.WriteAllText(ReceivedPath(name), received);
        Assert.True(changed.Count is 0, string.Join('\n', changed.Select(
            output => $"{output.Name} differs from its snapshot; received: {ReceivedPath(output.Name)}\n{output.Received}")));
    }

    private static bool IsApproved(string name, string received) =>
        Path.Combine(Folder, name) is var approved && File.Exists(approved) && File.ReadAllText(approved) == received;

    private static string ReceivedPath(string name) => Path.Combine(Path.GetTempPath(), Path.GetFileName(name));
}
