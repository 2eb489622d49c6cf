namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// Who means to jump, stands at an edge and looks down, or looks for trains and heights "and not to travel": a part of
/// <see cref="CrisisPhrases.All"/>.
/// </summary>
/// <remarks>A bridge, a car park or a train alone is none of it, and neither is who jumped off a bus.</remarks>
internal static class PlacesOfHarmPhrases
{
    private const string
        Height = "(bridges?|buildings?|roofs?|rooftops?|cliffs?|balcony|balconies|windows?|multi[ -]?stor(e?y|ies)( car ?park)?|"
            + "car ?parks?|parking (garage|structure|deck)|fly ?overs?|viaducts?|tower( ?blocks?)?|ledges?|overpass|dam|high ?rise|"
            + "quarry|railway|train tracks|tracks|platform)",
        Down = "((look|star|gaz|peer)\\w* (down|over|at the (water|drop|tracks|rails|cars|traffic|trains|road))|"
            + "(think|thought|thinking|wonder\\w*|imagin\\w*) (\\w+ ){0,6}(jump\\w*|step\\w*|climb\\w*|letting go|fall|"
            + "falling|going over|how (easy|far|high)|one step))",

        GermanHeight = "(brücken?|parkhaus\\w*|parkdeck|dach|hochhaus\\w*|balkon|klippen?|turm|fenster|geländer|viadukt|felsen|gleise?n?|"
            + "bahnsteig|staumauer|abgrund)",
        GermanDown = "((schau|guck|blick|starr|seh)\\w*~3 (runter|hinunter|hinab|nach unten|in die tiefe|aufs wasser|auf die gleise)|"
            + "(runter|hinunter|hinab)(schau|guck|blick|starr|seh)\\w*|(denk|dacht|überleg)\\w*~4 (schritt|spring\\w*|fallen|vorbei))",
        FrenchHeight = "(pont|toit|balcon|fenêtre|parking|immeuble|falaise|viaduc|tour|train|métro|rails|quai)",
        SpanishHeight = "(puente|azotea|balcón|ventana|edificio|parking|aparcamiento|acantilado|tejado|viaducto|tren|metro|vías|andén)";

    public const string English =
        $$"""
        jump(ing)? (off|from|out of|in front of|under|onto) ((a|an|the|my|our|this|that|some|any)( \w+)? )?{{Height}}
        (stand|stood|sit|sat|stop|lean|wait|paus)\w*~3 (on|at|by|near|over|above) (a|an|the|that|this|our)( \w+)? {{Height}}
            {{Sentences.Near}}\b{{Down}}
        (go|going|step|stepping|walk|walking|drive|driving) off (a|the|that|this|my)( \w+)? (bridge|roof
            |cliff|balcony|ledge|building|car ?park)
        (cross|crossing|walk|walking|pass|passing|drive|driving|go|went|been)~3 {{Height}}{{Sentences.Near}}\b(do it|jump|make myself
            |(think|thought|imagin)\w* (about |of )?(jump|step|climb|falling|going over)\w*)
        (stand|stood|sit|sat|lean)\w*~2 (at|on|near|by|over|close to) the( very)? edge( of (a|the|my|this|that)( \w+)?
             {{Height}})?{{Sentences.End}}
        (top|roof) of (a|the|my|our)( \w+)? {{Height}}{{Sentences.Near}}\b({{Down}}|edge\b|jump\b)
        (look|star|gaz)\w* (down )?(at|on|over) (the|those)( train)? (tracks|rails|drop|river|water|traffic|trains?){{Sentences.Near}}
            \b(think|thought|wonder|imagin|tempt)\w*
        (train|tube|tide|freight)( train)? (times|timetables?|schedules?){{Sentences.Near}}\bnot (to|for|because)\b
        (look|check|googl|search|research|read)\w*~3 (heights?|bridges?|ropes?|knots?|(tall|high) (buildings?|places)|car ?parks?
            |cliffs?){{Sentences.Near}}\bnot (to|for|because)\b
        """;

    public const string Others =
        $$"""
        (spring|stürz|werf|schmeiß)\w*~3 (von|vom|aus|vor)( (der|dem|den|einer|einem|einen|ner|nem|nen))?( \w+)? ({{GermanHeight}}
            |zug|lkw)\b
        (von|vom|aus|vor)( (der|dem|den|einer|einem|einen|ner|nem|nen))?( nächst\w+)? ({{GermanHeight}}|zug|lkw) (zu )?(spring|stürz|werf
            |schmeiß)\w*
        (steh|sitz|geh|bleib|halt)\w*~5 {{GermanHeight}}{{Sentences.Near}}\b{{GermanDown}}

        (sauter|saute|sauterais?|(me|se) (jet|balanc)\w+)( \w+)? (du|de la|d'une?|de mon|de ma|par la|par le|par ma|sous|devant)( (le|un
            |la))?( \w+)? {{FrenchHeight}}\b
        (reste|arrête|tiens|debout|assise?|vais)~5 {{FrenchHeight}}{{Sentences.Near}}\bregard\w*~3 (en bas|vide|l'eau|vers le bas|rails)

        (saltar|salto|saltaré|saltaría|(me )?(tir|lanz)(o|aré|aría|arme))( \w+)? (del?|desde|por|al|a las|delante del?)( (un|una|el|la
            |las))?( \w+)? {{SpanishHeight}}\b
        (paro|quedo|estoy|subo|asomo|siento|parad[oa])~5 {{SpanishHeight}}{{Sentences.Near}}\bmir\w*~3 (abajo|vacío|agua|vías)
        """;
}
