using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ArmTwitch.Articles.Parsing;

/// <summary>
/// Refuses YAML that could crash the program: deep nesting, which overflows the stack, and aliases, which let a small file expand to
/// gigabytes. No content file needs either.
/// </summary>
internal sealed class LimitedYamlParser(IParser parser) : IParser
{
    private const int MaxDepth = 16;

    private int depth;

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        var moved = parser.MoveNext();
        switch (parser.Current)
        {
            case AnchorAlias alias:
                throw new YamlException(alias.Start, alias.End, "Aliases are not read");
            case MappingStart or SequenceStart when ++depth > MaxDepth:
                throw new YamlException(parser.Current.Start, parser.Current.End, $"It is nested more than {MaxDepth} deep");
            case MappingEnd or SequenceEnd:
                depth--;
                break;
        }

        return moved;
    }
}
