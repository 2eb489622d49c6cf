namespace ArmTwitch.Phrases;

/// <summary>
/// What has the words of <see cref="RedFlagPhrases"/> and is no sign of the author's: a limb that was slept on, and a heart attack of
/// which somebody else died or which was long ago. The rest of the text may still be a sign.
/// </summary>
internal static class RedFlagLookalikes
{
    private const string
        Limb = "(arms?|hands?|legs?|fingers?|foot|feet|side)",
        Lying = "(slept|sleep|sleeping|lay|laid|lie|lying|sat|sit|sitting|leant|leaned|leaning)",
        Relative = "(dad|father|m[uo]m|mother|uncle|aunt|nan|gran\\w*|brother|sister|husband|wife|friend|mate|neighbou?r|"
            + "colleague|boss|s?he)";

    public static readonly PhrasePatterns All = new(
        $$"""
        # English
        {{Limb}}~2 (goes|went|gone|go) (dead|numb|limp)~1 (after|when|because|since|as)( i| i'?d| i'?ve)? {{Lying}} on (it|them){end}
        (died|dead|passed away|passed)~2 (of|from|after|with) (an?|his|her|the)( \w+){0,2} heart attacks?
        {{Relative}} (had|survived)( \w+){0,3} heart attacks? (last (year|month|summer|winter|spring|autumn)|in \d\d\d\d|aged \d\d)
        {{Relative}} (had|survived)( \w+){0,3} heart attacks?( \w+)? (years ago|at (the age of )?\d\d|when (i|he|she) was)\b

        # Spanish
        (murió|falleció|muerto|fallecido)~2 (de|por)( un)? (infarto|ataque (al corazón|cardíaco))

        # French
        (morte?|décédée?)~2 d'(une? )?(crise cardiaque|infarctus)

        # German
        (gestorben|starb|verstarb)~3 (an|nach) (einem|nem|seinem|ihrem) (herzinfarkt|herzanfall)
        (an|nach) (einem|nem|seinem|ihrem) (herzinfarkt|herzanfall)~3 (gestorben|verstorben|starb)
        """);
}
