namespace ArmTwitch.Phrases;

/// <summary>Words for signs that need a doctor soon, in four languages. A false alarm is better than one that is missed.</summary>
internal static class RedFlagPhrases
{
    private const string Fillers =
        "a an any at all actual real true clinical significant other such sudden suddenly signs? of symptoms? like "
        + "trouble problems? issues? difficult difficulty difficulties with in when while have having had has been be get getting got "
        + "feel feeling felt notice noticed noticing experience experienced experiencing "
        + "suffer suffered from there is are was the my either or nor and no "
        + "muscle arm leg hand facial face pain pains numb numbness tingling atrophy wasting cramps? weak weakness "
        + "slurred slurring speech speaking swallow swallowing chewing breath breathing breathlessness shortness chest seizures? fits? "
        + "fainting loss drooping vision headaches? fever balance walking choking palpitations dizziness yet so far ever "
        + "de la el los al para o ni dolor debilidad muscular músculos mal tengo tenido "
        + "du le les des ou faiblesse musculaire eu ai "
        + "und oder mich ich haben habe hatte schwäche";

    private const string Limb = "(arms?|hands?|legs?|fingers?|face|side|foot|feet|thumb|shoulder|wrist|neck|head|grip|body)";

    private static readonly Dictionary<RedFlag, PhrasePatterns> Patterns = new()
    {
        [RedFlag.Weakness] = new(
            $$"""
            # English: all at once
            sudden(ly)?~5 (weak\w*|paraly\w*|droop\w*|limp|{cannot} (move|lift|raise|grip|hold|stand|walk))
            (weak\w*|paraly\w*|droop\w*|limp)~4 (suddenly|all of a sudden|overnight|out of nowhere|this morning|today|last night)
            (weak\w*|paraly\w*|droop\w*|limp)~4 within (minutes|hours)

            # English: sudden numbness, and the bladder
            sudden(ly)?~5 numb\w*
            numb\w*~4 (suddenly|all of a sudden|an hour ago|since today|this morning|last night)
            (half|one side)~4 face~3 numb\w*
            face~3 numb\w*
            (lost|lose|losing|no) control~2 (bladder|bowels?)
            numb\w*~3 between~1 legs
            (neck|spine) injury~8 (numb\w*|weak\w*|tingl\w*)

            # English: what can no longer be done
            {cannot} (pee|wee|urinate|pass (water|urine))
            {cannot} (move|lift|raise|grip|hold|feel|bend|use|open|close)~3 {{Limb}}
            {cannot} (walk|stand up|get up)
            {cannot} (hold|grip|grasp|lift|pick up|carry)( an?| the| my) (cup|mug|pen|glass|fork|spoon|bag|kettle|phone|plate|bottle)

            # English: what hangs or drops
            (face|mouth|eyelid|side)~3 (droop\w*|fallen|hanging|sagging)
            (foot|wrist) drop\w*
            (keep|kept|started|start|am|i'm)~1 dropping things

            # English: a limb
            {{Limb}}~3 (gave way|giving way|went dead|gone dead|went limp|gone limp|useless|paraly\w*|got weak\w*)
            {{Limb}}~3 (is|are|feels?|felt|getting|become|becoming)( \w+)? weak\w*

            # English: the word itself
            weakness (in|on|of|down) (my|one|the|both|his|her|left|right|an?)
            (muscle|arm|hand|leg|grip|progressive|growing|increasing) weakness
            (getting|growing|become|becoming) weaker
            weaker (every|each|by the) day
            losing (strength|power|my grip)
            lost (all )?(the )?(strength|power|feeling|use) (in|of)
            paraly[sz]ed

            # Spanish
            debilidad
            pérdida de fuerza
            (no puedo|no logro) (mover|levantar|cerrar)\w*
            parálisis
            paralizad\w*
            cara (caída|torcida)

            # French
            faiblesse~2 (soudaine|brutale|subite|musculaire|dans|du|de la|de mon|de ma)
            soudaine faiblesse
            perte de force
            paralys\w*
            n'arrive (plus|pas) à (bouger|lever|serrer)
            peux (plus|pas) (bouger|lever)

            # German
            \w*schwäche\b
            plötzlich~4 schwach\w*
            gelähmt
            Lähmung\w*
            kann~5 nicht( mehr)? (bewegen|heben|halten|greifen)
            Kraftverlust
            hängender Mundwinkel
            """,
            Fillers),
        [RedFlag.Speech] = new(
            """
            # English: what cannot be said
            slur\w*
            {cannot} (speak\w*|talk\w*|say|find (the |my )?(right )?words|form words|get~2 words out|pronounce)
            (trouble|difficult\w*|problems?)~1 (speaking|talking|finding words|with (my )?(speech|speaking|talking))

            # English: how it sounds
            (speech|words?|voice)~3 (slurr\w*|garbled|jumbled|mixed up|gone|difficult\w*|problems?|changed|unclear|nasal)
            lost my speech
            tongue~3 (weak\w*|heavy|won't move|numb\w*)

            # Spanish
            no puedo hablar\w*
            dificultad\w* (para|al|de) hablar\w*
            me cuesta hablar
            arrastro las palabras
            habla (arrastrada|pastosa)

            # French
            mal à parler
            difficultés? (à|pour) parler
            troubles? (de la parole|du langage)
            n'arrive (plus|pas) à parler
            peux (plus|pas) parler
            parole (pâteuse|difficile)

            # German
            Sprachstörung\w*
            Sprechstörung\w*
            (verwaschen\w*|undeutlich\w*) (Sprache|Aussprache|Sprechen)
            lall\w*
            kann~3 nicht~1 (sprechen|reden)
            (Schwierigkeiten|Probleme)~1 (beim|zu) (sprechen|reden)
            """,
            Fillers),
        [RedFlag.Swallowing] = new(
            """
            # English: swallowing
            {cannot} swallow\w*
            (trouble|difficult\w*|problems?|pain\w*|issues?)~2 swallow\w*
            swallowing~3 (difficult\w*|problems?|hard\w*|trouble|worse|weird|issues?|painful)
            chok(e|es|ed|ing) (on|when|while|at|every)

            # English: where it goes
            (food|liquids?|water)~2 (stuck|stick(s|ing)|goes down the wrong|going down the wrong|comes? back)
            dysphagia

            # Spanish
            no puedo tragar\w*
            dificultad\w* (para|al|de) tragar\w*
            me cuesta tragar
            me atraganto
            disfagia

            # French
            mal à avaler
            difficultés? (à|pour) avaler
            n'arrive (plus|pas) à avaler
            peux (plus|pas) avaler
            avale\w* de travers
            fausses? routes?

            # German
            Schluckbeschwerden
            Schluckstörung\w*
            Schluckprobleme
            kann~3 nicht~1 schlucken
            (Schwierigkeiten|Probleme)~1 (beim|zu) schlucken
            verschluck\w* mich
            """,
            Fillers),
        [RedFlag.Breathing] = new(
            """
            # English: breathing
            {cannot} breath\w*
            (trouble|difficult\w*|problems?|issues?)~2 breath(e|ing)\b
            breathing~3 (difficult\w*|problems?|hard\w*|trouble|worse|shallow|heavy|issues?)
            short(ness)? of breath
            breathless\w*
            out of breath
            gasping

            # English: air
            {cannot} (catch my breath|get (enough |any )?(air|breath))
            dyspn\w+
            suffocat\w+

            # Spanish
            no puedo respirar
            dificultad\w* (para|al|de) respirar
            me cuesta respirar
            falta de aire
            me falta el aire
            me ahogo

            # French
            mal à respirer
            difficultés? (à|pour) respirer
            n'arrive (plus|pas) à respirer
            peux (plus|pas) respirer
            essouffl\w*
            souffle court
            j'étouffe

            # German
            Atemnot
            Luftnot
            Atembeschwerden
            kurzatmig\w*
            (kriege|bekomme|krieg)~2 (keine|schlecht|kaum) Luft
            kann~3 nicht~1 atmen
            """,
            Fillers),
        [RedFlag.ChestPain] = new(
            """
            # English
            chest~2 (pain\w*|tight\w*|pressure|hurts?|hurting|ach\w+|discomfort|burning)
            (pains?|pressure|tight\w*|hurts?|ache|aching|squeez\w*|crushing|stabbing|heaviness|discomfort)~4 chest\b
            heart attack\w*
            angina

            # Spanish
            dolor~3 pecho
            (opresión|presión)~3 pecho
            infarto
            ataque (al corazón|cardíaco)

            # French
            douleurs?~3 (poitrine|thorax|thoraciques?)
            mal à la poitrine
            (oppression|serre\w*)~3 poitrine
            crise cardiaque
            infarctus

            # German
            Brustschmerz\w*
            (Schmerz\w*|Druck|Stechen|Enge)~4 Brust(korb)?\b
            Brust~2 (schmerzt|tut weh)
            Engegefühl\w*
            Herzinfarkt
            Herzanfall
            """,
            Fillers),
        [RedFlag.Seizure] = new(
            """
            # English
            seizures?
            convuls\w+
            epileptic (fit|seizure|attack)s?
            (had|have|having|has|having had)( \w+)? fits?\b
            passed out
            passing out
            pass out
            black(ed|ing)? out
            blackouts?
            (lost|losing|loss of) consciousness
            unconscious(ness)?
            faint(ed|ing)\b
            collapsed

            # Spanish
            convulsión\w*
            ataque epiléptico
            crisis epiléptica
            perd\w+ el conocimiento
            pérdida de conocimiento
            me desmay\w*
            desmayo

            # French
            crise d'épilepsie
            crise épileptique
            perdu connaissance
            perte de connaissance
            évanoui\w*

            # German
            Krampfanf\w+
            epileptischer? Anfall
            Anfall\b
            bewusstlos\w*
            Ohnmacht\w*
            in Ohnmacht
            """,
            Fillers),
    };

    public static PhrasePatterns Of(RedFlag sign) => Patterns[sign];
}
