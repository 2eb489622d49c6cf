namespace ArmTwitch.Phrases;

/// <summary>What people ask in words that look like danger or despair. The rest of their query may still be danger.</summary>
internal static class HarmlessPhrases
{
    public static readonly PhrasePatterns All = new(
        """
        # English: to end the twitch, or something sweet
        suicide squad
        ^how (to|do i|can i|do you) end it( naturally)?$
        (twitch\w*|spasms?|cramps?|jerk\w*)( and)? how (to|do i|can i|do you) end it$
        end(ing|ed)? it (with|by|using)( \w+)? (magnesium|potassium|calcium|electrolytes?|minerals|vitamins?|bananas?|water)
        end(ing|ed)? it (with|by|using) (stretch\w*|exercis\w*|yoga|massag\w*|relaxation|meditation|less coffee)
        giv(e|ing) up everything (sweet|sugary|salty|fatty|fried|caffeinated)
        giv(e|ing) up everything (with|containing) (sugar|caffeine|alcohol|salt)

        # English: what there is not
        (no|without|never had)( any)? chest (pains?|tightness|pressure|discomfort)( (or|and|and no) (shortness of breath|breathlessness))?
        (no|without)( any)? (shortness of breath|breathlessness)
        (no|without)( any)? (bladder|bowel)( or (bladder|bowel))? (problems?|issues?|trouble|symptoms?)
        feels? weak,? but (it |they )?((is|are) not|isn'?t|aren'?t)( really| actually| weak)*$
        out of breath (after|when|while|from|during)( a| my| the| i'?m| i am)? (run|running|jog|jogging|sprint\w*|exercis\w*)
        out of breath (after|when|while|from|during)( a| my| the| i'?m| i am)? (work ?out|working out|training|gym|sports?|cycling)

        # English: another thing of this name
        poison (ivy|oak|sumac)
        low[ -]sugar (diets?|drinks?|foods?|snacks?|recipes?|meals?|cola|soda|yoghurts?|yogurts?)
        fitting( of)?( an?| the| my)( new)? (splint|brace|sleeve|support|bandage|strap|collar)s?
        (splint|brace) fitting
        (swim|swimming|breast|butterfly|crawl|golf|tennis|rowing|brush) strokes?( (technique|style|twitch\w*|muscles?|arm))*$
        """);
}
