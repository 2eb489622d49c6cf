namespace ArmTwitch.Phrases.Despair;

/// <summary>Who asks how much of a medicine would kill, and who has put tablets by: a part of <see cref="CrisisPhrases.All"/>.</summary>
/// <remarks>A dose or a number of tablets alone is none of it, and neither is whether an illness is fatal.</remarks>
internal static class LethalDosePhrases
{
    private const string
        Fatal = "(kills? (me|you|u|some(one|body)|any(one|body)|a (person|man|woman|human)|an adult|him|her)\\b|"
            + "(is|are|be|become|becomes|considered|'s) (fatal|lethal|deadly)|"
            + "to( \\w+)? (die|overdose|od|end (it|my|things)|finish (it|me|my ?self)|wake( up)?)\\b|"
            + "stops? (your|my|the) heart|finish me|(i|you)( would|'?d| will)? die\\b|"
            + "(never|not|don'?t|do not|won'?t) wak(e|ing) up)",

        GermanDose = "(dosis|dosen|dosierung|(welche|die) menge|tabletten?|pillen?|kapseln|tropfen|mg|milligramm|gramm|packung\\w*|"
            + "medikament\\w*|(schlaf|schmerz|beruhigungs)(mittel|tabletten)|" + MeansOfHarmPhrases.Medicine + ")",
        FrenchDose = "(doses?|dosage|quantité|cachets?|comprimés?|médicaments?|pilules?|gélules?|gouttes|mg|milligrammes?|grammes?|"
            + "boîtes?|plaquettes?|somnifères?|" + MeansOfHarmPhrases.Medicine + ")",
        SpanishDose = "(dosis|cantidad|pastillas?|píldoras?|comprimidos?|tabletas?|cápsulas?|gotas|mg|miligramos?|gramos|cajas?|"
            + "somníferos?|medicamentos?|" + MeansOfHarmPhrases.Medicine + ")";

    public const string English =
        $$"""
        (doses?|dosages?|mg|milligrams?|grams|(amount|quantity|number) of( \w+)? {{MeansOfHarmPhrases.Medicine}})~6 {{Fatal}}
        {{MeansOfHarmPhrases.Medicine}}~6 (finish me|enough to( \w+)? (die|kill|end|finish|never)|stops? (your|my|the|his|her) heart)
        how (many|much) (would|will|do|does|before|until|till|to)~4 {{Fatal}}
        how (many|much)( of)? (these|those|them|this stuff)~5 {{Fatal}}
        how (many|much)( of)?( \w+){0,2} {{MeansOfHarmPhrases.Medicine}}~6 {{Fatal}}
        (lethal|fatal|deadly) (quantit\w*|levels?|limits?|combinations?|number of)
        (collect\w*|gather\w*|sav(e|ed|ing)|put(ting)?|keep(ing)?|kept|got)( all| up| together| aside| by| my| his| her| the| these| enough
            | sleeping)* {{MeansOfHarmPhrases.Medicine}} (together|aside|by|ready|for (the|that) day|for when)\b
        """;

    public const string Others =
        $$"""
        {{GermanDose}}~5 (tödlich\w*|letal\w*|sterben|umbring\w*|tötet|töten|(nicht mehr|nie mehr|nie wieder) auf ?(zu ?)?wach\w*)
        {{GermanDose}}~4 (bringt|bringen)~3 um\b
        (tabletten|pillen|medikamente|tropfen)~2 (gesammelt|gehortet|gebunkert|aufgespart|zurückgelegt|beiseite)
        (sammle|sammel|sammelt|horte|hortet|bunker\w*)~4 (tabletten|pillen|medikamente)

        {{FrenchDose}}~5 (mortel\w*|létale?s?|fatale?s?|mourir|meur\w+|(me|te|se|vous) tuer|(me|te) tue\w*|en finir)\b
        {{FrenchDose}}~4 (plus|pas|jamais) (me |se |te )?réveiller
        (stock|accumul|économis)\w*~4 (cachets|comprimés|médicaments|somnifères)
        (mis|mets|met|gardé)~1 de côté~3 (cachets|comprimés|médicaments|somnifères)
        (mis|mets|met|gardé)~4 (cachets|comprimés|médicaments|somnifères) de côté

        {{SpanishDose}}~5 (mortal\w*|letal\w*|morir\w*|mata\b|mataría\w*|matarse|(no|nunca) (volver a )?despertar\w*)
        (juntad|juntand|acumul|reunid|reuniend|ahorr)\w*~4 (pastillas|comprimidos|medicamentos|somníferos)
        """;
}
