using ArmTwitch.Phrases.Despair;

namespace ArmTwitch.Phrases;

/// <summary>
/// Words of somebody who may be about to harm themselves, in the languages of most readers. A false alarm is better than one that is
/// missed.
/// </summary>
internal static class CrisisPhrases
{
    private const string Fillers =
        "a any at all am be been being ever even currently actually really feel feeling have having had thoughts? ideas? "
        + "think thinking of about plans? planning intention intend intending "
        + "considering considered to going want wanting wish would the mean an "
        + "tengo tenido he de pensamientos ideas "
        + "ai eu d je pensées "
        + "habe hatte an gedanken";

    private const string Sport =
        "(lifting|weights?|weightlifting|dead ?lift\\w*|squats?|squatting|bench ?press\\w*|gym|exercis\\w*|work ?out|working out|training|"
        + "sports?|running|jogging|football|soccer|rugby|tennis|golf|basketball|climbing|swimming|cycling|yoga|skiing|skating|dancing|"
        + "boxing|rowing|stretching)";

    public static readonly PhrasePatterns All = new(
        """
        # English
        suicid\w*
        (commit\w*|attempt\w*) suicide
        k[i1!*|]{0,2}[l1!*|]+(ing|in|ed)? ?(my ?self|himself|herself|themselves|ourselves)
        sui[ -]cid\w*
        s[u*][i1!*]c[i1!*]d\w*
        (slit|slitting|slash|slashing|cut|cutting) (my|his|her|their)( own)? wrists
        slit (my|his|her) wrist
        (?m:^)kill me\b
        [.!?…]+ ?kill me\b
        kill me (now|please)\b
        (please|just|some(one|body)( to)?) kill me\b
        kms\b
        kys\b
        unaliv\w*
        (end|ending|ended|take|taking|took) (my|his|her|their|this)( own)? life
        end(ing)? my live\b
        end(ing)? (it all|everything|it)\b
        (want|wants|wanted|wanting|wanna|ready|rather|prefer|hope|hoping|going|better|easier|like)( to| just to)? (die|be dead)\b
        wish (i|i'd|i'?m)( \w+)? (was|were|be|never|not|had)( \w+){0,2} (dead|born|woken up|alive)
        better off (dead|without me)
        (don'?t|do not|didn'?t|no longer|not) (even )?(want to|feel like) (living|being here|going on|live|be here|be alive)
        (don'?t|do not|didn'?t|no longer|not) (even )?(want to|feel like) (wake up|exist\w*|go on|carry on|be around)
        (no|any|what'?s the|what is the) (reason|point|sense)~1 (to|in|of) (live|living|life|going on|carrying on|go on)
        nothing( left)? to live for
        not worth living
        isn'?t worth living
        (can'?t|cannot|can not|couldn'?t) (go on|carry on|do this (any|no) ?more|live (like this|any ?more)|cope any ?more)
        (can'?t|cannot|can not|couldn'?t) take (it|this|any) ?((any|no) ?)?(more|longer)
        (harm|harming|hang|hanging|shoot|shooting|drown|drowning|poison|poisoning|cutting) (myself|himself|herself)
        (want\w*|going|think\w*|urge|plan\w*|tempted|need)~1 (to|of|about) (hurt|hurting|cut) myself
        self[ -]?harm\w*
        selfharm\w*
        overdos\w*
        (took|taken|swallowed) (all|the whole|every\w*)~3 at once
        (took|taken|take|swallowed) (all|a lot of|too many|the whole|a whole)~2 (pills|tablets|meds|medication|box|bottle|packet)
        (pills|tablets|rope|noose|gun|razor blades?)( are| is)? (all )?(ready|in front of me|next to me|in my hand)
        take (them|the pills|the tablets)( all)? (tonight|right now)
        (saved|saving|stockpil\w*|hoard\w*)~2 (pills|tablets)
        jump(ing)? (off|in front of) (a|the|of)? ?(\w+ )?(bridge|train|building|roof|cliff|balcony|window)
        good ?bye (everyone|everybody|world|all|forever)
        (tonight|this) (is|will be) my last night{end}
        not (going to|gonna) be (here|around) (much longer|any ?more)
        (won'?t|will not) be (here|around) (tomorrow|much longer|any ?more|next)
        (tired|sick|had enough) of (living|life|being alive)
        give up on life
        giving up on life
        dignitas
        euthan\w+
        assisted (dying|suicide)

        # English: misspelt, and of leaving
        (sucid|suicd|suiside|sucicid)\w*
        kill(ing)? (myslef|mysefl|myelf|mysel)\b
        cut(ting)? myself (tonight|again|right now|on purpose)
        (be )?better without me
        no (point|reason|sense) living
        (want to|wanna|i'd like to) disappear\b
        (written|wrote|writing)~2 (suicide|goodbye|farewell) (letters?|notes?)
        (bought|got myself)~1 (rope|noose)

        # Spanish
        matarme
        me quiero morir
        quiero morir\w*
        (no quiero|ya no quiero|sin ganas de) (seguir )?(vivir|viviendo|estar aquí)
        quitarme la vida
        acabar con (mi vida|todo)
        hacerme daño
        ya no (puedo|aguanto) más
        no (puedo|aguanto) más\b

        # French
        me tuer\b
        (envie de|j?veux|j?voudrais|préfère|préférerais) (mourir|crever)
        (plus|pas) envie de vivre
        (ne )?j?veux plus vivre
        en finir( avec (la vie|tout))?\b
        mettre fin à (mes jours|ma vie)
        me faire (du )?mal\b
        (j|n)'en peux plus

        # German
        umbringen
        umzubringen
        Selbstmord\w*
        Suizid\w*
        Selbsttötung
        (das|mein) Leben (nehmen|beenden)
        (will|möchte|wollte)~2 (sterben|tot sein)
        nicht mehr (leben|weiterleben|da sein)
        lebensmüde
        (mich|selbst) (selbst )?(verletzen|ritzen)
        selbstverletz\w*
        kann( einfach)? nicht mehr\b( leben)?
        keinen Sinn mehr

        # Italian
        uccider(mi|si)
        ammazzar(mi|si)
        togliermi la vita
        farla finita
        (voglio|vorrei) morire
        non voglio più vivere

        # Portuguese
        (quero|vou) (me matar|morrer)
        não quero (mais )?viver

        # Dutch
        zelfmoord\w*
        mezelf (doden|van kant maken|iets aandoen)
        (wil|wilde|wou)~2 (dood|niet meer leven)\b

        # Polish
        samobójstw\w*
        samobójcz\w*
        zabić się
        (chcę|chce) umrzeć
        nie chcę żyć

        # Turkish
        intihar\w*
        (ölmek|kendimi öldürmek) istiyorum

        # Russian
        самоуби\w*
        суицид\w*
        покончить с собой
        убить себя
        хочу умереть
        не хочу (больше )?жить

        # Arabic
        \w*انتحار\w*
        أريد (أن )?(أموت|الموت)
        أقتل نفسي

        # Hindi
        आत्महत्या
        खुदकुशी
        मरना (चाहता|चाहती)

        # Chinese, Japanese and Korean, which have no spaces
        \w*(自殺|自杀|死にたい|消えてしまいたい|想死|不想活|자살|죽고 ?싶)

        """ + WishToBeGonePhrases.All + DespairPhrases.All,
        Fillers);

    /// <summary>
    /// More that is despair in a query of a few words. In a comment it is an accident more often: "I cut myself shaving last week".
    /// </summary>
    public static readonly PhrasePatterns OfQueries = new(
        """
        # English
        (hurt|cut)(ting|ing)? myself
        (lethal|fatal|deadly) (doses?|amounts?|overdos\w*)
        (want|wants|wanna|wish|need)~2 (it|this|everything|life)( all)?( to be)? (over|finished)
        never (to )?wak(e|ing) up
        not wak(e|ing) up (again|tomorrow|any ?more|ever)
        """);

    /// <summary>What looks like <see cref="OfQueries"/> and is an accident.</summary>
    public static readonly PhrasePatterns Accidents = new(
        $"""
        # English
        (hurt|cut)(ting|ing)? myself~4 {Sport}
        (hurt|cut)(ting|ing)? myself~2 (falling|fell|tripping|tripped|slipping|slipped|shaving|cooking|gardening|by accident)
        {Sport}~2 and( i)?( have)? (hurt|cut) myself
        (falling|fell|tripped|slipped)~2 and( i)?( have)? (hurt|cut) myself
        """);

    /// <summary>The words of these phrases that tell most, in their usual spelling, so that misspelt ones are understood.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        "suicide", "suicidal", "kill", "killing", "myself", "harm", "hurt", "hang", "drown", "shoot", "die", "dying", "dead", "death",
        "living", "alive", "selfharm", "overdose", "selbstmord", "umbringen", "matarme", "suicidar",
    ];
}
