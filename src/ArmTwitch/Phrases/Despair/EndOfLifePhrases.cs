namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// Who has stopped food and drink, means to die abroad before an illness is bad, looks for ways to make it end, or is tired of living: a
/// part of <see cref="CrisisPhrases.All"/>.
/// </summary>
/// <remarks>No coffee and no sugar, a holiday in Switzerland, and a twitch that should end are none of it.</remarks>
internal static class EndOfLifePhrases
{
    private const string
        Purpose = "(on purpose|deliberately|intentionally|purposely)",
        Bad = "(als\\b|mnd\\b|motor neuron\\w*|bad\\b|terminal|incurable|positive|serious|worst)",
        Soon = "(before (it|i|things?|this|my|the)\\b|while i( still)? can|to (die|end)\\b|if (it|this)( \\w+){0,3} " + Bad
            + "|when (it|i|my|things?)( \\w+)? (gets?|can'?t|cannot|bad|worse|stop)|once i (can'?t|cannot))",
        Goes = "(go|going|gone|goin|get|travel\\w*|fly|flying|off|book\\w*|move|moving|trip|ticket|way)",

        GermanBad = "((es|das)( \\w+)? als (ist|wird)|ist( \\w+)? als\\b|mnd\\b|unheilbar|schlimm\\w*|schlecht\\w*|schlucken|bewegen|atmen|"
            + "sterben)",
        FrenchBad = "(sla\\b|charcot|grave|incurable|mauvais\\w*|pire|empire\\w*|mourir)",
        SpanishBad = "(ela\\b|grave|incurable|mal[oa]?\\b|peor\\w*|empeor\\w*|morir\\w*)";

    public const string English =
        $$"""
        (stop|stopped|stopping|quit|refus\w*|giv(en|ing) up|gave up|no longer|not|haven'?t|won'?t|isn'?t|am|i'?m)( been)?( to)? (eat|eating
            |eaten|food|meals|drink|drinking|water)( food| anything)?( and| or| nor|,)( not| no| stopped| refusing)* (drink|drinking|drunk
            |water|fluids|eat|eating|food)( water| fluids| anything| at all| completely| altogether)*( {{Purpose}}
            | (for good|until|till|to (die|end|go|starve)|so( that)? (it|i|this|my)|last (week|month)|\w+ \w+ ago|for \w+ (days|weeks))\b
            |{{Sentences.End}})
        (stop|stopped|stopping|refus\w*|not|quit|gave up|given up)( to)? (eat|eating|food|drink|drinking|my (food|meals|medication|tablets
            |insulin))( food| anything| at all| any ?more)*,? ({{Purpose}}|to (die|starve|end)\b)
        (not|haven'?t|hasn'?t) (eaten|drunk)( anything| food)? (for|in)( \w+){1,2} (days|weeks){{Sentences.Near}}\b
            (won'?t|will not|{{Purpose}}|not going to|don'?t (want|plan|intend)|refus\w+)
        starv(e|ing) my ?self to\b
        want it( all)? over{{Sentences.End}}

        {{Goes}}~3 (switzerland|swiss clinic|pegasos){{Sentences.Near}}\b{{Soon}}
        if (it|this|i|the)~6 {{Bad}}{{Sentences.Near}}\b{{Goes}}~3 (switzerland|swiss)
        {{Soon}}{{Sentences.Near}}\b{{Goes}}~2 to (switzerland|a swiss)
        one[ -]way~1 to (switzerland|zurich|zürich|basel)\b
        (end|ending) things (in switzerland|abroad|my ?self|for good|(my own|my) way)\b
        (die|go|leave|end it|ending it) on my( own)? terms\b
        (swiss|assisted death|right to die|end of life) clinic
        (help|assist\w*) (me |him |her )?to die\b

        (googl|search|research|look|think|read)\w*~3 (quick|eas|fast|gentl)\w* ways? to go{{Sentences.End}}
        ways? (to|of) (make|making) (it|this|everything|it all|life)( all| just)? end{{Sentences.End}}
        ways? (to|of) (make|making) (it|this)( all| just)? stop (for ?ever|for good)
        (end|stop|over|finish)\W{1,3}(my|this) life( i mean)?{{Sentences.End}}
        make it( all)?( just)? (end|stop) (for good|for ?ever)\b
        my life,? i mean{{Sentences.End}}
        """;

    public const string Others =
        $$"""
        (esse|trinke|isst|trinkt|essen|trinken)( (und|oder))?( (esse|trinke|isst|trinkt|essen|trinken))?( \w+)? (absichtlich|bewusst
            |mit absicht) (nichts|nicht|nix)
        (esse|isst|essen) (und|oder) (trinke|trinkt|trinken)( seit \w+ \w+)? (nichts|nix) mehr{{Sentences.End}}
        (aufgehört|höre auf|hört auf)( \w+)?,? zu essen und( zu)? trinken
        essen und( zu)? trinken (eingestellt|aufgehört|verweiger\w*)
        verweiger\w*( das| jedes)? (essen|nahrung)( und|{{Sentences.End}})
        (sterbefasten|sterbehilfe|freitod\w*)
        in die schweiz{{Sentences.Near}}\b(bevor|solange|wenn|sobald)~6 {{GermanBad}}
        (bevor|wenn|falls|sobald)~6 {{GermanBad}}{{Sentences.Near}}\bin die schweiz
        (nimmer|nimma|nich mehr|ned mehr|net mehr|nie mehr|nicht länger) (leben|weiterleben|(da|hier|am leben|auf (der|dieser) welt) sein
            |existieren|aufwachen)\b
        kein\w* (bock|lust|kraft|nerven|energie|freude|willen)( mehr)? ((zu|zum|am) (leben|weiterleben)|(auf|an) (\w+ )?(leben|dasein)
            |aufs leben)\b
        (leben|lebens) (satt|überdrüssig|leid){{Sentences.End}}
        genug (vom|von (diesem|meinem)) leben\b
        (mag|kann) (nimmer|nimma){{Sentences.End}}
        (nächste\w*|an|bis|zu)~1 (weihnachten|ostern|silvester|jahr|sommer|winter|herbst|frühjahr
            |geburtstag)~4 nicht mehr (da|hier|am leben)\b

        (arrêtée?|arrête|cessée?|cesse|refusée?|refuse) (de )?manger (et|ou|ni)( de)? boire( \w+)?( exprès| volontairement
            |{{Sentences.End}})
        (arrêtée?|arrête|refuse) de (manger|boire) (exprès|volontairement|pour mourir)
        (mange|mangé)( plus| pas| rien)* (et|ni)( je)?( ne)? (bois|boit|bu)( plus| pas| rien)*( exprès| volontairement|{{Sentences.End}})
        laisser mourir( de faim)?\b
        en suisse{{Sentences.Near}}\b(avant|tant que|quand|si)~6 {{FrenchBad}}
        si (c'est|j'ai|je|ça|elle|il|l'|le|la)~6 {{FrenchBad}}{{Sentences.Near}}\ben suisse
        aide à mourir
        (serais?|sera) plus (là|ici|de ce monde|en vie)( (à|pour) (noël|pâques|mon \w+)| l'(an|année) prochaine?| cet (été|hiver)
            |{{Sentences.End}})

        (dejado|dejé|dejo|niego a|nego a|rechazo|rechaza) (de )?comer (y|ni|o)( de)? beber( (a propósito|adrede)|{{Sentences.End}})
        (dejado|dejé|dejo|niego a) (de )?(comer|beber) (a propósito|adrede|para morir)
        dejarme morir
        a suiza{{Sentences.Near}}\b(antes|mientras|cuando|si)~6 {{SpanishBad}}
        si (es|tengo|resulta|el|la|me)~6 {{SpanishBad}}{{Sentences.Near}}\ba suiza
        (eutanasi\w*|(muerte|morir) (digna|dignamente|con dignidad))
        no (estaré|(quiero|quisiera|pienso) estar)( aquí| viv[oa])? (en|para|por|el|la)( \w+)? (navidad\w*|cumpleaños|verano|invierno
            |primavera|otoño|año)\b
        """;
}
