using System.Buffers;
using System.Data.Common;
using System.Text;

namespace ArmTwitch.Data.UnicodeForms;

/// <summary>Text that both databases can store.</summary>
internal static class StorableText
{
    /// <summary>
    /// Leaves out what somebody may send but nobody can type: U+0000, which PostgreSQL refuses in every text, and a surrogate without its
    /// other half, which UTF-8 cannot write.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var kept = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) is OperationStatus.Done && rune.Value is not 0)
                kept.Append(rest[..used]);
            rest = rest[used..];
        }

        return kept.ToString();
    }

    /// <summary>The same of the value of a parameter: a text, or a list of texts. Every other value is left as it is.</summary>
    public static void Clean(DbParameter parameter)
    {
        switch (parameter.Value)
        {
            case string text when Of(text) is var clean && clean != text:
                parameter.Value = clean;
                break;
            case IEnumerable<string?> texts when texts.Any(text => text is not null && Of(text) != text):
                parameter.Value = texts.Select(text => text is null ? null : Of(text)).ToArray();
                break;
        }
    }
}
