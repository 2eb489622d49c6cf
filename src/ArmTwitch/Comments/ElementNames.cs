using System.Collections.Frozen;

namespace ArmTwitch.Comments;

/// <summary>The names that make a tag of what stands in angle brackets: HTML with its past, SVG and MathML.</summary>
public static class ElementNames
{
    private const string Html = """
        a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col colgroup data datalist
        dd del details dfn dialog div dl dt em embed fencedframe fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i
        iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option output p param
        picture pre progress q rp rt ruby s samp script search section select selectedcontent slot small source span strong style sub
        summary sup table tbody td template textarea tfoot th thead time title tr track u ul var video wbr
        """;

    private const string Past = """
        acronym applet basefont bgsound big blink center command content dir element event-source font frame frameset ilayer image isindex
        keygen layer listing marquee menuitem multicol nextid nobr noembed noframes nolayer plaintext portal rb rbc rtc server shadow
        spacer strike tt xml xmp
        """;

    private const string Svg = """
        animate animatecolor animatemotion animatetransform circle clippath color-profile cursor defs desc discard ellipse feblend
        fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow
        feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset fepointlight
        fespecularlighting fespotlight fetile feturbulence filter font-face font-face-format font-face-name font-face-src font-face-uri
        foreignobject g glyph glyphref handler hatch hatchpath hkern line lineargradient listener marker mask mesh meshgradient meshpatch meshrow metadata
        missing-glyph mpath path pattern polygon polyline radialgradient rect set solidcolor stop svg switch symbol text textpath tref
        tspan unknown use view vkern
        """;

    private const string MathML = """
        annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv
        mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace msqrt msrow mstack
        mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
        """;

    private const string NoWords = """
        animatemotion animatetransform applet audio bgsound blockquote br colgroup div embed fieldset foreignobject frameset hr html iframe img
        input isindex keygen li marquee noembed noframes noscript ol optgroup plaintext script span svg tbody td textarea tfoot th thead
        tr ul video wbr xmp
        """;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> All = SetOf(Html, Past, Svg, MathML);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NeverWords = SetOf(NoWords);

    /// <summary>The length of the longest name that is looked up, with room for a prefix.</summary>
    public static int Longest => 40;

    public static bool Contains(ReadOnlySpan<char> name) => All.Contains(name);

    /// <summary>Whether nobody who means words writes the name directly behind a <c>&lt;</c>, as in "a&lt;b".</summary>
    public static bool IsNoWord(ReadOnlySpan<char> name) => NeverWords.Contains(name);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SetOf(params string[] lists) =>
        lists.SelectMany(list => list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
