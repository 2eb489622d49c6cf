using System.Text;

namespace ArmTwitch.Pages;

/// <summary>The files in <c>Pages/Assets</c>, which travel inside the program.</summary>
public static class Assets
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"There is no asset '{name}'.", name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name)).ReplaceLineEndings("\n");
}
