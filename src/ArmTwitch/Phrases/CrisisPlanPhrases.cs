namespace ArmTwitch.Phrases;

/// <summary>Words of somebody who tells of a plan or an act, among those of <see cref="CrisisPhrases"/>.</summary>
internal static class CrisisPlanPhrases
{
    private const string Soon =
        "(i (will|shall)|i'?ll|going to|gonna|about to|ready to|decided to|planned to|plan(ning)? (to|on)|have to|trying to|tried to)";

    public static readonly PhrasePatterns All = new(
        $$"""
        # English
        {{Soon}}( just| now| really)? (kill|hang|shoot|drown|poison|harm|hurt|cut) myself
        {{Soon}}( just| now| really)? (end|take) (my( own)? life|it( all)?|everything)
        {{Soon}}( just| now| really)? (die|overdose|jump|commit suicide|do it|be dead)\b
        (kill\w*|hang\w*|shoot\w*|suicide|overdos\w*|end my life|die|do it)~3 (tonight|today|right now|tomorrow|this (morning|evening|weekend))
        overdosed
        (took|have taken|swallowed)~2 (overdose|pills|tablets|meds|medication|box|bottle|packet)
        (pills|tablets|rope|noose|gun|knife|razor blades?)( are| is)? (all )?(ready|in front of me|next to me|in my hand)
        (bought|got|have)~2 (rope|noose|gun)
        take (them|the pills|the tablets)( all)? (tonight|right now)
        (saved|saving|stockpil\w*|hoard\w*)~2 (pills|tablets)
        (written|wrote|writing)~2 (suicide|goodbye|farewell)
        good ?bye (everyone|everybody|world|all|forever)
        (tonight|this) (is|will be) my last night{end}
        not (going to|gonna) be (here|around) (much longer|any ?more)
        (won'?t|will not) be (here|around) (tomorrow|much longer|any ?more|next)
        suicide (plan|note|method)s?
        plan,? and( a| the| my)* (date|method|means){end}
        tonight( is|'?s) the night{end}
        (on|at|off) the (bridge|roof|ledge|balcony)

        # Spanish
        (voy a|pienso) (matarme|suicidarme|quitarme la vida|acabar con)
        (he tomado|tomé)~3 pastillas

        # French
        (je vais|vais) (me tuer|me suicider|en finir|mettre fin)
        (j'ai pris|pris)~3 (cachets|médicaments|comprimés)

        # German
        (werde|will)~2 (mich|mir)~2 (umbringen|das Leben nehmen)
        (habe|hab)~3 (Tabletten|Pillen) (genommen|geschluckt)
        """);

    /// <summary>Whether a text, as it was typed, tells of a plan or an act; where that is not known, the emergency number first is safer.</summary>
    public static bool StandIn(string typed)
    {
        var plain = AccentFolding.Fold(typed);
        return All.MayBeIn(plain) || (DisguisedWords.Read(plain) is { Text: var text } && All.MayBeIn(text));
    }
}
