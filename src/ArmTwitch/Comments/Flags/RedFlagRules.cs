namespace ArmTwitch.Comments.Flags;

/// <summary>Signs that should not wait for a moderator. Better one too many than one missed.</summary>
internal static class RedFlagRules
{
    private const string Fillers =
        "a|an|any|at|all|actual|real|true|clinical|significant|other|such|sudden|suddenly|signs?|of|symptoms?|like|trouble|problems?|issues?|difficult|difficulty|difficulties|with|in|when|while|"
        + "have|having|had|has|been|be|get|getting|got|feel|feeling|felt|notice|noticed|noticing|experience|experienced|experiencing|suffer|suffered|from|there|is|are|was|the|my|any|either|"
        + "or|nor|and|no|muscle|arm|leg|hand|facial|face|pain|pains|numb|numbness|tingling|atrophy|wasting|cramps?|weak|weakness|slurred|slurring|speech|speaking|swallow|swallowing|chewing|"
        + "breath|breathing|breathlessness|shortness|chest|seizures?|fits?|fainting|loss|drooping|vision|headaches?|fever|balance|walking|choking|palpitations|dizziness|yet|so|far|ever|"
        + "de|du|la|le|les|des|el|los|dolor|al|para|debilidad|faiblesse|schwache|und|oder|o|ou|ni|mal|mich|ich|haben|habe|hatte|tengo|tenido|eu|ai|musculaire|muscular|musculos";

    private const string Limb = "(arms?|hands?|legs?|fingers?|face|side|foot|feet|thumb|shoulder|wrist|neck|head|grip|body)";

    public static readonly FlagRule[] Rules =
    [
        Rule("weakness", "Weakness", "Sudden or growing weakness, or a drooping face, may be a stroke or nerve damage and needs medical help at once.",
            $@"sudden(ly)?~5 (weak\w*|paraly\w*|droop\w*|limp|{{cannot}} (move|lift|raise|grip|hold|stand|walk))|(weak\w*|paraly\w*|droop\w*|limp)~4 (suddenly|all of a sudden|overnight|out of nowhere|this morning|today|last night|within (minutes|hours))",
            $@"{{cannot}} (move|lift|raise|grip|hold|feel|bend|use|open|close)~3 {Limb}|{{cannot}} (walk|stand up|get up|(hold|grip|grasp|lift|pick up|carry)( an?| the| my) (cup|mug|pen|glass|fork|spoon|bag|kettle|phone|plate|bottle))",
            @"(face|mouth|eyelid|side)~3 (droop\w*|fallen|hanging|sagging)|(foot|wrist) drop|(keep|kept|started|start|am|i'm)~1 dropping things",
            $@"{Limb}~3 (gave way|giving way|went dead|gone dead|went limp|gone limp|useless|paraly\w*|got weak\w*|(is|are|feels?|felt|getting|become|becoming)( \w+)? weak\w*)",
            $@"weakness (in|on|of|down) (my|one|the|both|his|her|left|right|an?)|(muscle|arm|hand|leg|grip|progressive|growing|increasing) weakness|(getting|growing|become|becoming) weaker|weaker (every|each|by the) day|losing (strength|power|my grip)|lost (all )?(the )?(strength|power|feeling|use) (in|of)|paraly[sz]ed",
            @"debilidad|perdida de fuerza|(no puedo|no logro) (mover|levantar|cerrar)|paralisis|paralizad\w*|cara (caida|torcida)",
            @"faiblesse~2 (soudaine|brutale|subite|musculaire|dans|du|de la|de mon|de ma)|soudaine faiblesse|perte de force|paralys\w*|n'arrive (plus|pas) a (bouger|lever|serrer)|peux (plus|pas) (bouger|lever)",
            @"\w*schwache\b|plotzlich~4 schwach\w*|gelahmt|lahmung\w*|kann~5 nicht( mehr)? (bewegen|heben|halten|greifen)|kraftverlust|hangender mundwinkel"),
        Rule("speech", "Speech", "Speech that is slurred or will not come may be a stroke and needs medical help at once.",
            @"slur\w*|{cannot} (speak\w*|talk\w*|say|find (the |my )?(right )?words|form words|get~2 words out|pronounce)|(trouble|difficult\w*|problems?)~1 (speaking|talking|finding words|with (my )?(speech|speaking|talking))",
            @"(speech|words?|voice)~3 (slurr\w*|garbled|jumbled|mixed up|gone|difficult\w*|problems?|changed|unclear|nasal)|lost my speech|tongue~3 (weak\w*|heavy|won't move|numb)",
            @"no puedo hablar|dificultad\w* (para|al|de) hablar|me cuesta hablar|arrastro las palabras|habla (arrastrada|pastosa)",
            @"mal a parler|difficultes? (a|pour) parler|troubles? (de la parole|du langage)|n'arrive (plus|pas) a parler|peux (plus|pas) parler|parole (pateuse|difficile)",
            @"sprachstorung\w*|sprechstorung\w*|(verwaschen\w*|undeutlich\w*) (sprache|aussprache|sprechen)|lall\w*|kann~3 nicht~1 (sprechen|reden)|(schwierigkeiten|probleme)~1 (beim|zu) (sprechen|reden)"),
        Rule("swallowing", "Swallowing", "Trouble swallowing, or choking, may be a nerve illness or a stroke and needs a doctor soon, with twitching sooner.",
            @"{cannot} swallow\w*|(trouble|difficult\w*|problems?|pain\w*|issues?)~2 swallow\w*|swallowing~3 (difficult\w*|problems?|hard\w*|trouble|worse|weird|issues?|painful)|chok(e|es|ed|ing) (on|when|while|at|every)",
            @"(food|liquids?|water)~2 (stuck|goes down the wrong|going down the wrong|comes? back)|dysphagia",
            @"no puedo tragar|dificultad\w* (para|al|de) tragar|me cuesta tragar|me atraganto|disfagia",
            @"mal a avaler|difficultes? (a|pour) avaler|n'arrive (plus|pas) a avaler|peux (plus|pas) avaler|avale\w* de travers|fausses? routes?",
            @"schluckbeschwerden|schluckstorung\w*|schluckprobleme|kann~3 nicht~1 schlucken|(schwierigkeiten|probleme)~1 (beim|zu) schlucken|verschluck\w* mich"),
        Rule("breathing", "Breathing", "Trouble breathing is an emergency.",
            @"{cannot} breath\w*|(trouble|difficult\w*|problems?|issues?)~2 breath(e|ing)\b|breathing~3 (difficult\w*|problems?|hard\w*|trouble|worse|shallow|heavy|issues?)|short(ness)? of breath|breathless\w*|out of breath|gasping",
            @"{cannot} (catch my breath|get (enough |any )?(air|breath))|dyspn\w+|suffocat\w+",
            @"no puedo respirar|dificultad\w* (para|al|de) respirar|me cuesta respirar|falta de aire|me falta el aire|me ahogo",
            @"mal a respirer|difficultes? (a|pour) respirer|n'arrive (plus|pas) a respirer|peux (plus|pas) respirer|essouffl\w*|souffle court|j'etouffe",
            @"atemnot|luftnot|atembeschwerden|kurzatmig\w*|(kriege|bekomme|krieg)~2 (keine|schlecht|kaum) luft|kann~3 nicht~1 atmen"),
        Rule("chest-pain", "Chest pain", "Chest pain or pressure may be a heart attack and is an emergency.",
            @"chest~2 (pain\w*|tight\w*|pressure|hurts?|hurting|ach\w+|discomfort|burning)|(pains?|pressure|tight\w*|hurts?|ache|aching|squeez\w*|crushing|stabbing|heaviness|discomfort)~4 chest\b|heart attack\w*|angina",
            @"dolor~3 pecho|(opresion|presion)~3 pecho|infarto|ataque (al corazon|cardiaco)",
            @"douleurs?~3 (poitrine|thorax|thoraciques?)|mal a la poitrine|(oppression|serre\w*)~3 poitrine|crise cardiaque|infarctus",
            @"brustschmerz\w*|(schmerz\w*|druck|stechen|enge)~4 brust(korb)?\b|brust~2 (schmerzt|tut weh)|engegefuhl\w*|herzinfarkt|herzanfall"),
        Rule("seizure", "Seizure or passing out", "A seizure, or passing out, is an emergency the first time and needs a doctor every time.",
            @"seizures?|convuls\w+|epileptic (fit|seizure|attack)s?|(had|have|having|has|having had)( \w+)? fits?\b|passed out|passing out|pass out|black(ed|ing)? out|blackouts?|(lost|losing|loss of) consciousness|unconscious|faint(ed|ing)\b|collapsed",
            @"convulsion\w*|ataque epileptico|crisis epileptica|perd\w+ el conocimiento|perdida de conocimiento|me desmay\w*|desmayo",
            @"crise d'epilepsie|crise epileptique|perdu connaissance|perte de connaissance|evanoui\w*",
            @"krampfanf\w+|epileptischer? anfall|anfall\b|bewusstlos\w*|ohnmacht\w*|in ohnmacht"),
    ];

    private static FlagRule Rule(string id, string title, string why, params string[] wanted)
    {
        var words = new Phrases(wanted, Fillers);
        return new FlagRule(id, 2, FlagLevel.RedFlag, title, why, remark => words.In(remark.Own).Select(remark.Words));
    }
}
