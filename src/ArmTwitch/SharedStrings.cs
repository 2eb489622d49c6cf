using System.Collections.Concurrent;

namespace ArmTwitch;

/// <summary>
/// One string in place of equal ones, for what is read together and kept: most articles have the same headings and cite the same facts.
/// Unlike <see cref="string.Intern"/> it forgets what nobody keeps, such as the words of a draft. Thread-safe.
/// </summary>
internal sealed class SharedStrings
{
    private readonly ConcurrentDictionary<string, string> strings = new(StringComparer.Ordinal);

    /// <returns>The first string that was equal to this one.</returns>
    public string Share(string text) => strings.GetOrAdd(text, text);
}
