namespace ArmTwitch.Phrases;

/// <summary>
/// Wishes not to wake, not to be here, not to exist, to be gone; and that nobody would miss one. Who thinks so seldom says "die": it is
/// what the first questions of the Columbia scale (C-SSRS) ask about. A part of <see cref="CrisisPhrases.All"/>.
/// </summary>
/// <remarks>
/// "I wish I wasn't here at work" and "I wish the twitch was gone" are about something else. So most phrases name the person who wishes,
/// and where they could go on ("not wake up in the night") the thought has to end behind them.
/// </remarks>
internal static class WishToBeGonePhrases
{
    private const string
        Not = "(not|never|don'?t|didn'?t|do not|did not|won'?t|will not|wouldn'?t|would not|no longer)",
        Wish = @"(wish\w*|whish\w*|wich|hopes?|hoping|hoped|pray\w*)",
        WishThatI = "(wish|wishing|wished|whish|wich)( to god)?( that)? i",
        WasNot = "(wasn'?t|weren'?t|was not|were not|was no longer|were no longer|was never|were never|not)",
        Unwilling = @"(don'?t|do not|no longer|never)( \w+)? (want|wanna|wish|like|care|deserve)( to)?",
        Disappear = "(di(s{1,2}ap{1,2}|sp)(ear|eer|er|ere|aer)|vanish|fade away)",
        NoOne = "(no ?body|nobdy|no ?one|not (a soul|a single person|anyone|anybody)|any ?one|any ?body|who)",
        Gone = "(gone|dead|not (here|around|alive)|no longer (here|around|alive)|never born)",
        IAmGone = $@"(i( just| ever| simply)? (died?|{Disappear}\w*|{Not} (exist\w*|w[ao]ke ?up)|stopped existing|lived? or die)"
            + $@"|i( was| were| am|'?m)( \w+)? {Gone}|i( just)? (wasn'?t|weren'?t|was not|were not) (here|around|alive|born)|i never existed)",
        IfIAmGone = $@"((if|whether|wether|when|once)( or not)? {IAmGone})",
        ThisWorld = "((on|in|of|part of) this (earth|planet|world|life))",
        Point = $"((no|any|little|much|what'?s( even)? the|what is( even)? the|({Not}|can'?t|cannot) (see|find|have|think of) (a|any|the))"
            + @" (point|sense|reason|use)( \w+)?( (to|in|of|for))?)",
        Tomorrow = "(tom{1,2}or{1,2}ow( morning)?|tmr\\w?|tmoro|today|one (day|morning)|(in the|every|each|this) (morning|day))",
        AnyMore = "(any ?more|anymroe|any ?longer)",
        Again = $"({AnyMore}|again|ever|at all|{Tomorrow})",
        Next = "(and|but|because|cause|cuz|cos|coz|bc|so (i|that|my)|since|then|or|with this|like this|if (i|it)|i|im|ive|id|ill|idk|it'?s|"
            + "sorry|please|pls|plz|tbh|lol|why|nobody|every(one|body))",
        Afterwards = "(my|the|this|that'?s|it|they|you|we|he|she|there'?s?|what|no|nothing|everything|help|thanks?|god|is|am|does|can|all)",
        End = $@"((,? {Again})*({{end}}| {Next}\b)|,? {AnyMore}(,? {Again})* {Afterwards}\b)",
        Later = "( (next|by|at|in an?|in \\w+|for|this|come|until|till|to see|past|after)( (the|my|next|this|another))*( \\w+)? "
            + "(christmas|xmas|easter|new year\\w*|years?|months?|spring|summer|autumn|winter|birthday|anniversary|january|february|"
            + "march|april|may|june|july|august|september|october|november|december)\\b)",
        HereEnd = $"({End}|{Later})",

        GermanWish = "(will|möchte|moechte|mag|w(ü|ue)rde|wollte|könnte|w(ü|ue)nsch\\w*|hoff\\w*|bete|lieber)",
        GermanFillers = "(,? (ich|mir|einfach|nur|morgen|am liebsten|dass|würde|wuerde|könnte|jeden abend|doch|endlich|gerne?|lieber|"
            + "ein\\w*schlafen|und|ins bett gehen|für immer|bloß)){0,6}",
        NeverAgain = "(nicht mehr|nie mehr|nie wieder|niemals( mehr| wieder)?|nicht wieder|nimmer|nicht)",
        GermanNoOne = "(niemand|niemanden|keinen|keiner|kein mensch|niemandem|keinem|wer)",
        GermanGone = @"(weg|tot|fort|nicht mehr (da|hier|leb\w*)|nicht (da|hier)|verschw\w+|sterb\w*|st(ü|ue)rbe|nicht g(ä|ae)be)",
        GermanEnd = "( (mehr|morgen|morgens|morgen früh|jemals|irgendwann|überhaupt))*"
            + @"({end}| (und|weil|denn|aber|oder|ich|es|mein\w*|alles|niemand|sorry|bitte|warum|danke)\b)",

        SpanishWish = "(quiero|quisiera|preferir[ií]a|prefiero|dese[oa]|desear[ií]a|gustar[ií]a|espero|importar[ií]a|mejor|"
            + "ojal[aá] pudiera|ganas de)( ya| simplemente| solo| sólo| poder)*",
        SpanishWake = @"(volver a |vuelva a |volviera a )?(me )?(despert\w+|despiert\w+|levantar\w*|levantase)",
        SpanishGone = @"(no (despert\w+|existiera|estuviera)|desapare\w+|muri\w+|muer\w+|faltara)",
        SpanishEnd = "( (más|mañana|nunca|jamás|otra vez|de nuevo|ya|por la mañana))*"
            + @"({end}| (y|e|o|ni|porque|xq|pq|pero|así|me|no|estoy|todo|nadie|perdón|por favor|lo siento)\b)",

        FrenchWish = "(j?veux|j?voudrais|souhaite|aimerais|préfère|préférerais|pouvais|peux|envie de)( juste| simplement| seulement)?",
        FrenchGone = @"si je (disparais\w*|mourais|meurs|n'étais (plus|pas) là|n'existais|ne me réveillais)",
        FrenchEnd = "( (demain|jamais|un jour|du tout|plus|le matin|demain matin))*"
            + @"({end}| (et|ou|ni|car|parce|mais|je|j|mon|ma|tout|personne|rien|pourquoi|désolée?|pardon|svp|stp)\b)";

    /// <summary>In the form of <see cref="PhrasePatterns"/>.</summary>
    public const string All =
        $$"""
        # English: not to wake
        ({{Wish}}|if only)( \w+){0,4} i( \w+){0,2} {{Not}}( \w+| have to)? w[ao]ke ?up{{End}}
        {{Wish}}~1 {{Not}} to( ever| just)? wake ?up{{End}}
        (sleep|bed|(fall|falling|doze|drift) (asleep|off)|eyes) (and|to) (just )?(then )?{{Not}}( \w+)? wake( ?up)?{{End}}
        (want|wanna|like|love|rather|prefer|nice|easier|better|wish)~2 {{Not}}( to)?( ever| have to)? wake ?up{{End}}
        {{Unwilling}} (ever )?wake ?up{{End}}
        could just not (ever )?wake ?up{{End}}
        ((wouldn'?t|would not) mind|fear|hoping for|dream\w* of|about) (never|not)( ever)? waking up{{End}}
        (relief|blessing|peaceful|nice|nicer|better|easier|best thing)( for me| would be)?( to)? (not|never)( to)? wak(e|ing) ?up{{End}}
        (not|never)( ever)? waking up( again| tomorrow)? (sounds?|seems?|would be|feels?)~3 (relief|nice|peaceful|easier|better|best)
        {{Point}} wak(e|ing) ?up{{End}}
        {{Point}} get(ting)? ?up {{Again}}{{End}}
        (eyes|they)~1 {{Not}} open{{End}}
        (want|wish|wanna|like|love|could)~3 (sleep|asleep) for ?ever\b
        why (i should|should i|do i) (even |still |bother to )?(wake|get) up{{End}}
        (hop(e|ing)|wish\w*|pray\w*|want|like|love|(wouldn'?t|would not) mind|rather)~3 (die|died|dying|pass away|slip away) in my sleep
        if i {{Not}} (ever )?w[ao]ke ?up{{End}}
        (tired|sick|exhausted|weary) of (waking|getting) up{{End}}
        {{Wish}}( that)? i {{Not}} (make it through|survive)

        # English: not to be here, not to exist
        {{WishThatI}}( \w+)? {{WasNot}} (alive|born|existing|living|{{ThisWorld}})
        {{WishThatI}}( \w+)? {{WasNot}} (here|around){{HereEnd}}
        {{WishThatI}}( \w+)? (didn'?t|did not|never|had never|hadn'?t) (have to )?(exist\w*|live\b)
        no (plans?|intention|desire) (to|of|on) (be|being) (here|around|alive)\b
        {{Wish}}~1 (i'?m|i am|i'?ll be|i will be) (not|no longer) (here|around|alive){{HereEnd}}
        wish to be (dead|gone|no longer alive)
        {{Unwilling}} ((be|live|stay) ({{ThisWorld}}|alive|living)|exist|live\b)
        (won'?t|will not|not going to|not gonna) be (here|around|alive){{Later}}
        {{Unwilling}} (be|stay) (here|around){{HereEnd}}
        (rather|prefer|want)( to)? (not|no longer) (be alive|exist|live{{End}}|be (here|around){{HereEnd}})
        (want|wanna|wish|like|love|need|rather)( \w+){0,2} (stop|cease|not)( to)? exist
        (stop|cease|end) (my existence|existing)
        (bothered|relief|blessing|nice|nicer|better|easier)( just)?( not)? to exist\b
        should(n'?t| not)( even| really)? (exist|be alive|be {{ThisWorld}}|have been born)
        {{Point}}( me)? (exist\w*|(being|be|staying|stay) alive|being here{{End}})
        what'?s the point( of (it all|anything|everything|me))? any ?more{{End}}
        (tired|sick|done|weary|exhausted)~1 (of|with) (exist\w*|being alive|being here{{End}}|life\b|living\b|my life\b|this life\b)
        why (am i|should i|do i|bother)( even| still| to){0,2} (alive|exist|stay alive|be alive|staying alive)
        why am i( even)? still here{{End}}

        # English: to be gone, and missed by nobody
        {{WishThatI}}('?d)?( \w+)? (was|were|be) (just )?{{Gone}}{{End}}
        (want|wanna|wish i could|wish i would|hope i|i could|like to|love to|ready to|rather)( to)?( just| simply| really)? {{Disappear}}\b
        (want|wanna|ready|like|love|rather)( to)?( just| simply)? be gone( for ?ever| for good)?{{HereEnd}}
        {{IfIAmGone}}( {{Again}})?,?~1 would( \w+)? (fine|ok|okay|nice|better|easier|good|mind|best|care|miss|notice)\b
        (better|best|happier|easier|relieved|glad|fine|ok|okay|nice|good|sad|mind|sorry|cry|upset)( off)?( for)?( \w+)? {{IfIAmGone}}
        {{NoOne}}( \w+){0,3} (notice\w*|care\w*|bother\w*|mind|matter\w*) {{IfIAmGone}}
        (don'?t|doesn'?t|do not|not|no longer|wouldn'?t|won'?t)~1 (care|mind|matter|bother)( \w+)? {{IfIAmGone}}
        (don'?t|do not|no longer|wouldn'?t)~1 (care|mind) (if|whether|wether)( or not)? i (wake ?up|live\b|die\b)
        {{NoOne}}('?d|'?ll)?( (would|will|even|ever|is|going to|gonna|wud|woud|really))* miss(es)? me\b
        (won'?t|wouldn'?t|will not|would not|would never|will never)( even| really)? miss me\b
        {{IfIAmGone}},? {{NoOne}}
        (happier|better|easier|relieved|fine|best)( off?)? without me\b
        (better|rather|easier)( off)? not (existing|being (alive|{{ThisWorld}}))
        (want|wish|hope)( for)? (it all|everything|(my |this )?life)( to| would| could)?( just)? (be over|end\b|be done)
        (wish\w*|hop(e|ing)|pray\w*)~3 (wou?l?d|wud|could|will|had)( just)? (kill(ed)? me|hit me|shoot me|run me over|end(ed)? me)
        (god|lord|jesus)~1 (would|could|to)( just)? take me\b

        # German
        {{GermanWish}}{{GermanFillers}},? {{NeverAgain}} (aufwach\w*|aufzuwachen|auf wachen|wach werden|erwachen){{GermanEnd}}
        (einschlafen|schlafen|eingeschlafen) und( \w+)? {{NeverAgain}} (aufwach\w*|erwachen)
        (wenn|dass|falls) ich( einfach| morgen| irgendwann)? (nicht mehr|nie mehr|nie wieder|einfach nicht) aufwach\w*
        (hoff\w*|w(ü|ue)nsch\w*|bete),?~3 wache~2 (nicht|nie|niemals)( mehr| wieder)* auf\b
        (kein\w*|wozu|welchen|warum)(,? (grund|sinn|lust|noch|mehr|morgens?|früh|überhaupt|es))*,? (aufzu|auf)(wachen|stehen){{GermanEnd}}
        (kein\w*|welchen) (grund|sinn|lust|kraft)( mehr)?( es gibt)?,?( \w+)? (zu leben|zum leben|weiterzuleben|weiterleben|leben)\b
        (nicht mehr|nicht|nie) (existieren|existierte|geboren)
        (will|möchte|moechte|mag|wollte|würde) nicht mehr (hier|da|am leben|auf dieser welt) sein
        (wäre|waere|w(ü|ue)nschte)( ich)?~4 (nicht mehr (hier|da)|nie geboren|nicht am leben|nicht geboren){{GermanEnd}}
        (ich (wäre|waere)|wäre ich|waere ich)~3 (tot|gestorben)\b
        (gäbe|gaebe|gibt)~1 mich (nicht|nie)
        {{GermanWish}}{{GermanFillers}} (verschwinden|weg sein)\b
        {{GermanNoOne}}~2 mich~1 vermissen
        {{GermanNoOne}}~4,? wenn ich~3 {{GermanGone}}
        (für immer|ewig) (ein)?schlafen{end}
        ohne mich~4 (besser|leichter|glücklicher|gluecklicher)
        (besser|leichter|glücklicher|egal|recht|froh)~1,? wenn (ich|es mich)~3 {{GermanGone}}
        (lebensm(ü|ue)de|des lebens m(ü|ue)de|m(ü|ue)de zu leben)

        # Spanish
        ojal[aá]( yo| ya| mañana| nunca)* no {{SpanishWake}}{{SpanishEnd}}
        (dormir\w*|durmi\w*|acostar\w*|los ojos)( \w+)? y( ya)? (no|nunca|jamás)( \w+)? {{SpanishWake}}{{SpanishEnd}}
        no (quiero|quisiera|deseo) {{SpanishWake}}{{SpanishEnd}}
        {{SpanishWish}} no {{SpanishWake}}{{SpanishEnd}}
        no (quiero|quisiera|deseo|merezco) (seguir )?(existi\w+|(estar )?(en este mundo|viv[oa]\b))
        {{SpanishWish}} (desaparecer\b|esfumarme|dejar de existir|no existir|no estar (aquí|viv[oa])|morir\w*|estar muert[oa])
        ojal[aá]( yo)? no (existiera|existiese|estuviera (aquí|viv[oa])|hubi(era|ese) nacido|siguiera viv[oa]){{SpanishEnd}}
        ojal[aá]( yo)? (estuviera muert[oa]|(me )?muriera|me muera|desapareciera){{SpanishEnd}}
        (nadie|quién|quien) me (va a )?(echar\w* (de menos|en falta)|extrañar\w*|extraña\b)
        nadie~4 si( yo)?( me| ya)? {{SpanishGone}}
        si( yo)?( me| ya)? {{SpanishGone}},? nadie
        (durmiera|dormirme|dormir) para siempre
        (nadie|no|ni)~2 importar[ií]a~2 si( yo)?( me| ya)? {{SpanishGone}}
        mejor(es)? sin m[ií]\b
        (mejor|felices)~2 si( yo)?( me)? {{SpanishGone}}
        (sentido|para qué|razón|motivos?)( \w+)? (a |en |para )?(levantarme|despertar(me)?|vivir|seguir (vivi\w+|aquí)){{SpanishEnd}}
        cansad[oa] de (vivir|la vida|existir|estar viv[oa])
        no (haber|debí|debería haber) nacido

        # French
        (endormir|dormir|coucher|les yeux) et ne (plus|jamais|pas)( plus| jamais)? (me |se )?réveiller{{FrenchEnd}}
        ne (plus|jamais|pas)( plus| jamais)? me (réveiller|lever|relever){{FrenchEnd}}
        {{FrenchWish}}( ne)? (plus|pas) (exister|me réveiller|me lever|être (là|ici|en vie|au monde|de ce monde|vivante?)){{FrenchEnd}}
        ne (plus|pas|jamais) (exister|être (en vie|né|née|au monde|de ce monde)|naître)
        {{FrenchWish}} (disparaître|disparaitre|être morte?|partir pour toujours)
        (personne|qui)( ne)? (me (regretter\w+|pleurer\w+)|va me (regretter|pleurer))
        personne~4 {{FrenchGone}}
        {{FrenchGone}},? personne
        m'endormir (pour toujours|à jamais)
        jamais (dû )?(naître|être née?)\b
        je ne (manque|manquer\w+) à personne
        (mieux|heureux|tranquilles?|soulagés?)( \w+)? (sans moi\b|{{FrenchGone}})
        (à quoi bon|(aucune |pas de |plus de )?raison de|pourquoi|plus envie de) (me réveiller|me lever|(continuer à )?vivre|exister){{FrenchEnd}}
        (dérangerait|gênerait|grave|égal)~1 (de|si) (ne (pas|plus) me réveiller|mourir)
        (dérangerait|gênerait|grave|égal)~1 {{FrenchGone}}
        (mourir|partir|m'éteindre) dans mon sommeil
        (fatiguée?|lasse?|marre|assez) (de vivre|d'exister|de la vie|d'être en vie)
        """;
}
