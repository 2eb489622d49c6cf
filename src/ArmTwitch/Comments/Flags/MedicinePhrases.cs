using ArmTwitch.Phrases;

namespace ArmTwitch.Comments.Flags;

/// <summary>Phrases of <see cref="ConductRules"/>: advice to stop a medicine, doses.</summary>
internal static class MedicinePhrases
{
    private static readonly string Medicine = PhrasePatterns.AnyOf(
        """
        # English: kinds
        medic\w+
        meds?
        drugs?
        tablets?
        pills?
        prescri\w+
        treatments?
        therapy
        insulin
        inhalers?
        steroids?
        chemo\w*
        vaccin\w+
        statins?
        \w+statin
        antidepress\w+
        ssris?
        snris?
        beta ?blockers?
        blood thinners?

        # English: names
        warfarin
        lithium
        sertraline
        citalopram
        escitalopram
        fluoxetine
        venlafaxine
        propranolol
        bisoprolol
        gabapentin
        pregabalin
        baclofen
        riluzole
        levothyroxine
        thyroxine
        omeprazole
        metformin
        prednisolone
        prednisone
        diazepam
        clonazepam
        lorazepam
        salbutamol
        quinine
        """);

    private static readonly string Stop = PhrasePatterns.AnyOf(
        """
        # English
        stop
        stops
        stopped
        stopping
        quit
        quitting
        (come|came|coming|get|got) off
        drop
        ditch
        ditched
        skip
        skipping
        throw away
        threw away
        throw out
        bin
        flush
        cut out
        give up
        gave up
        discontinue
        wean off
        taper off
        do not take
        don'?t take
        never take
        avoid
        refuse
        lower
        reduce
        halve
        """);

    public static readonly PhrasePatterns StopMedicine = new(
        $$"""
        # English: a medicine
        {{Stop}}( taking| using| on)?( (your|my|the|all|his|her|those|these|their|any|that|this|every|of)){0,3}( \w+)? {{Medicine}}\b

        # English: it
        (stop|stopped|quit|don'?t|do not|never) (taking|take|using) (it|them|that|those|this|these)\b
        (go|went|going|quit|stop\w*) cold turkey
        (don'?t|do not|no longer|never) need~2 {{Medicine}}\b

        # English: the doctor
        (ignore|forget|never trust)( what)?( your| the| my)? (doctors?|gp|neurologists?|specialists?|consultants?)
        (don'?t|do not) (listen to|trust|believe)( what)?( your| the| my)? (doctors?|gp|neurologists?|specialists?|consultants?)

        # Spanish
        deja de tomar\w*
        dejar de tomar\w*

        # French
        arrêtez? (de prendre|vos|ton|votre)\b

        # German
        setz\w*~3 (Medikament\w*|Tabletten) ab\b
        Medikament\w* absetzen
        """,
        ConductPhrases.Fillers);

    private static readonly string Count = PhrasePatterns.AnyOf(
        """
        # Figures
        \d+

        # English
        a
        one
        two
        three
        four
        five
        six
        half a
        double
        several

        # Spanish
        un
        una
        dos
        tres

        # French
        une
        deux
        trois

        # German
        eine
        zwei
        drei
        """);

    private static readonly string Portion = PhrasePatterns.AnyOf(
        """
        # English
        tablets?
        pills?
        capsules?
        caps
        tabs
        spoonfuls?
        teaspoons?
        tablespoons?
        tsp
        sachets?
        drops
        puffs
        doses?

        # German
        Tabletten?
        Kapseln?
        Tropfen

        # Spanish
        pastillas?
        comprimidos?
        cápsulas?

        # French
        comprimés?
        gélules?
        gouttes
        """);

    public static readonly PhrasePatterns Doses = new(
        $$"""
        # Units
        \d+([.,]\d+)? ?(mg|mcg|µg|μg|ug|mcgs|mgs|milligram\w*|microgram\w*|iu|i\.u\.|ml|millilit\w+|grams?|gramm|gramos|grammes)\b
        \d+([.,]\d+)? ?g (of|a|per|daily|magnesium|potassium|calcium)\b

        # Portions
        {{Count}} ?(x )?{{Portion}}\b

        # English
        (double|doubled|triple|increase|increased|up|raise|higher|highest|max|maximum|lower|half|halve)( (the|your|my|a))? (dose|dosage)
        (recommended|daily|right|correct|loading|my|his|her) (dose|dosage)
        """);
}
