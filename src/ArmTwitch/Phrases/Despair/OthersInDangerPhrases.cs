namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// Somebody else in danger: who is missing and left a note, and a child or a friend who cuts or burns themselves. A part of
/// <see cref="CrisisPhrases.All"/>.
/// </summary>
/// <remarks>A note alone, a cut from a fence and hair that was cut are none of it.</remarks>
internal static class OthersInDangerPhrases
{
    private const string
        Person = "(daughters?|sons?|child|kids?|children|girls?|boys?|brother|sister|friends?|mate|husband|wife|partner|boyfriend|"
            + "girlfriend|m[uo]m|mother|dad|father|niece|nephew|cousin|teenager|teen|grand(son|daughter|child)|step(son|daughter)|"
            + "year old|pupil|student|s?he)",
        Limbs = "(his|her|their)( own| upper| lower| inner)? (arms|legs|wrists?|thighs?|forearms?|skin|body|stomach)",
        Themselves = "((him|her)self|themsel\\w+|" + Limbs + ")",
        MyLimbs = "my( own| upper| lower| inner)? (arms|legs|wrists?|thighs?|forearms?|skin|stomach)",
        Gone = "((can'?t|cannot|can not|couldn'?t|unable to)( \\w+)? (find|reach|contact|get hold of|get through to|locate)|"
            + "(no ?one|no ?body|none of us)( \\w+){0,3} (find|found|reach|seen|heard|knows? where)|missing|disappeared|vanished|"
            + "not (answering|picking up|replying|come home|been (home|seen))|(is|has|just|'s) gone|phone('?s| is)?( \\w+)? (off|behind)|"
            + "(turned|switched) (off )?(his|her|their)( \\w+)? phone|(his|her|their)( \\w+)? (phone|mobile|wallet|keys|ring)"
            + "( (behind|here|at home|too|as well)|{end}))",

        GermanGone = "(weg\\b|fort\\b|verschwunden|vermisst|nicht zu (finden|erreichen)|nicht erreichbar|finden~3 nicht|nicht (finden|"
            + "erreichen)|handy|telefon)",
        FrenchGone = "(disparue?|introuvable|injoignable|(trouv|retrouv|join)\\w* (plus|pas)|(pas|plus) (à )?(le |la )?(re)?(trouver|"
            + "joindre)|téléphone|(le|la) (re)?(trouve|cherche)|partie?\\b)",
        SpanishGone = "(desaparecid[oa]|desapareció|no~3 (encontr|localiz|contest|respond|aparec)\\w*|teléfono|móvil|se (fue|ha ido))",
        GermanLimbs = "(arme?n?|unterarme?n?|beine?n?|oberschenkel|handgelenke?n?|haut|pulsadern)";

    public const string English =
        $$"""
        (left|leaving|wrote|written|found|sent)( us| me| behind)*( an?| his| her| their| the| this)( \w+)? (notes?|letters?)\b
            {{Sentences.Near}}\b{{Gone}}
        {{Gone}}{{Sentences.Near}}\b(left|found|there('?s| is| was))( us| me| behind)*( an?| his| her| their| the)( \w+)? (note|letter)\b
        (sent|left|wrote|written|posted|recorded)~5 (good ?bye|farewell) (messages?|texts?|notes?|letters?|videos?)\b
        left (his|her|their)( \w+)? (phone|mobile|wallet|keys|ring)\b{{Sentences.Near}}\b
            ((can'?t|cannot|couldn'?t) (find|reach) (him|her|them)
            |missing|disappeared|vanished|(is|has|'s) gone)

        {{Person}}\b{{Sentences.Near}}\b(is|are|was|been|keeps?|started|still|caught|found|be|'s)( \w+)? (cutting|burning|slashing|carving
            |harming) (up )?{{Themselves}}
        {{Person}}\b{{Sentences.Near}}\b(cuts|burns|slashes|carves|harms) (up )?{{Themselves}}
        {{Person}}\b{{Sentences.Near}}\b(cut|burned|burnt|slashed) {{Limbs}}
        {{Person}}\b{{Sentences.Near}}\b(cuts|scars|(cut|burn) marks|scratches) (all )?(over|up|down|along) (his|her|their)( \w+)? (arms?
            |legs?|thighs?|wrists?|forearms?)
        (razors?|blades?|blood)~5 (under|in|on) (his|her|their)( \w+)? (bed|room|sheets?|pillow|sleeves?|mattress|drawer)\b
        (been|am|i'?m|keep|kept|started|still|back to)( \w+)? (cutting|burning|slashing|carving) (up )?{{MyLimbs}}
        """;

    public const string Others =
        $$"""
        abschieds(brief|nachricht|video|zettel)\w*
        (brief|zettel|nachricht)( \w+)? (da|zurück|hinter)?(gelassen|geblieben|lassen){{Sentences.Near}}\b{{GermanGone}}
        {{GermanGone}}{{Sentences.Near}}\b(brief|zettel|nachricht)( \w+)? (da|zurück|hinter)?(gelassen|lassen|gefunden)
        (tochter|sohn|kind|mädchen|freundin|schwester|bruder|er|sie) ritzt\b
        (ritzt|ritzen) sich\b
        sich~5 (ritzt|ritzen|geritzt)\b
        (schneidet|schneiden|verbrennt|schlitzt) sich~4 {{GermanLimbs}}\b
        sich~5 {{GermanLimbs}}~1 (schneidet|schneiden|geschnitten|auf(ge)?schnitten|aufschneidet|verbrennt|verbrannt|aufgeritzt)

        (lettres?|mots?|messages?) d'adieux?
        (laissé|laisse|écrit|trouvé)( \w+)? (une lettre|un mot|un message|un papier){{Sentences.Near}}\b{{FrenchGone}}
        {{FrenchGone}}{{Sentences.Near}}\b(laissé|laisse|trouvé)( \w+)? (une lettre|un mot|un message)
        (se (coupe|coupait|taillade|tailladait|lacère|brûle|brûlait)|s'est (coupée?|tailladée?|brûlée?))( \w+){0,2} (bras|avant-bras|jambes
            |cuisses|poignets|veines|peau)\b
        se (fait|faisait) (du )?mal (exprès|volontairement|à (elle|lui)[ -]même)

        (carta|nota|mensaje) de (despedida|adiós)
        (dejó|dejado|escrito|escribió|encontr\w+) (una (nota|carta)|un (mensaje|papel)){{Sentences.Near}}\b{{SpanishGone}}
        {{SpanishGone}}{{Sentences.Near}}\b(dejó|dejado|encontr\w+) (una (nota|carta)|un (mensaje|papel))
        se (corta|cortaba|cortó|quema|quemaba|ha cortado|ha quemado|hace cortes|está cortando)( \w+){0,2} (brazos?|piernas|muslos|muñecas
            |venas|antebrazos|piel)\b
        se (hace|hacía|está haciendo) daño (a s[ií] mism[oa]|a propósito|adrede)
        """;
}
