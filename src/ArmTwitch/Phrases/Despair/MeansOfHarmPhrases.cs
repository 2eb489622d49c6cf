namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// Means of harm with a meaning beside them: many tablets taken or about to be, how much of a medicine would kill, harm on purpose, a rope
/// or a gun at hand, a tree to drive into. Also when said of somebody else.
/// </summary>
/// <remarks>A rope, a bridge or a packet of tablets alone is none of it, and neither is how long somebody lives with an illness.</remarks>
internal static class MeansOfHarmPhrases
{
    public const string
        Medicine = "(pills?|tablets?|tabs|meds|medications?|medicines?|capsules?|pain ?killers?|anti ?depressants?|beta ?blockers?|"
            + "(para|aceta)\\w*m[oi]\\w*|tylenols?|panadols?|ibuprofens?|aspirins?|sertraline|zoloft|propranolols?|diazepam|valiums?|"
            + "\\w+zolam|xanax|lorazepam|clonazepam|klonopin|amitriptyline|nortriptyline|pregabalin|lyrica|gabapentin|baclofen|"
            + "(co-?)?codeine|co-?codamol|tramadol|morphine|oramorph|oxy\\w+|zopiclone|zolpidem|ambien|insulin|lithium|quinine|"
            + "(es)?citalopram|fluoxetine|prozac|mirtazapine|venlafaxine|duloxetine|trazodone|quetiapine|digoxin|benzos?|fentanyl)";

    private const string
        Took = "(took|taken|swallowed|downed|popped|swallowing|necked)",
        Many = "(([1-9]\\d|[1-9]\\d\\d)( ?x)?|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|(a|one) hundred|dozens( of)?|"
            + "a dozen|(loads|lots|handfuls?|heaps|tons)( of)?|an? (whole |entire |full )?(handful|bunch|fistful|load|bottle|box|packet|"
            + "pack|strip|overdose)( of)?|(far |way )?too (many|much))",
        About = "( just| about| around| like| nearly| almost| over| more than| another| at least| maybe| roughly)*",
        Own = "( of| my| the| his| her| their| these| those| sleeping| \\w+'?s)*",
        Fatal = "(kill (me|you|yourself|some(one|body)|a person|a human|an adult|him|her)|be (fatal|lethal|deadly)|"
            + "(is|are) (fatal|lethal|deadly)|to (die|overdose|od|end (it|my)|never wake|not wake))",
        Firearm = "(ropes?|gun|shotgun|pistol|revolver|rifle|handgun|cyanide|helium|hose ?pipe|razor ?blades?)",
        Self = "(my ?self|myslef|himself|herself|themselves)",
        Purpose = "(on purpose|deliberately|intentionally|purposely|because i (hate|deserve)|to (cope|punish|feel (some|any)thing))",
        Harm = "(hurt(s|ing)?|harm\\w*|cut(s|ting)?|burns?|burned|burnt|burning|injur\\w*|bruis\\w*|punch\\w*|hit|hitting|starv\\w*|"
            + "scratch\\w*)",
        Thinks = "(think\\w*|thoughts?|thought|imagin\\w*|urges?|want\\w*|wanna|could|tempt\\w*|fantas\\w*|dream\\w*|going|gonna|wish\\w*|"
            + "feel like|picture|picturing|might|plan\\w*|consider\\w*|about|easy)";

    public const string English =
        $$"""
        {{Took}}{{About}} {{Many}}{{Own}} {{Medicine}}\b
        {{Took}}( nearly| almost)? all( of)? (my|his|her|the|their|these|those)( sleeping| heart| pain| anxiety)? {{Medicine}}\b
        {{Took}} the (whole )?lot{{Sentences.End}}
        count(ed|ing)( out| up)?( all)?( of)?( my| the| his| her| these| those)?( sleeping| leftover| spare)? {{Medicine}}{{Sentences.End}}
        (stockpil\w*|hoard\w*|stash\w*)( up| all| my| his| her| the| of| these| some| enough| sleeping)* {{Medicine}}\b
        (saving|saved)( up| all| my| his| her| the| these| enough| sleeping)* {{Medicine}}( up)?{{Sentences.End}}
        {{Medicine}} (saved|stashed|hoarded|stockpiled)( up| away)?{{Sentences.End}}
        enough( \w+)? {{Medicine}} (saved|stashed|hidden|to (do it|end|finish|kill|die|not wake|never))
        (tak(e|ing)|took|taken|swallow\w*|down(ing|ed)?)( all| the (whole|entire)| every( single)?)( lot)?{{Own}}( \w+){0,2} (at once
            |in one go)
        (tak(e|ing)|swallow\w*|down(ing)?) all( of)? (my|his|her|the|these|those|their)( \w+)? (tonight|right now|and (sleep|die|end|go
            |never|not|be))
        {{Thinks}}( just| of| about| to| of just| about just)? (tak(e|ing)|swallow(ing)?|down(ing)?) (all|every( single)?
            |{{Many}}){{Own}} {{Medicine}}\b
        how (many|much)( of)?{{Own}}( \w+)? {{Medicine}}~1( tablets| pills| mg)? (would|does|will|do)( it| i| you)( take
            | need){{Sentences.End}}
        how (many|much)( of)?{{Own}}( \w+)? {{Medicine}}~5 {{Fatal}}
        how (many|much)~3 (take|need|have)~1 to (die|kill my ?self|overdose|od){{Sentences.End}}
        (would|will|can|could)~1 {{Many}}{{Own}} {{Medicine}} (kill|be (enough|fatal|lethal|deadly))
        (is|are|would) {{Many}}{{Own}} {{Medicine}} (enough|lethal|fatal|deadly)
        (lethal|fatal|deadly) (doses?|amounts?|overdos\w*)
        (die|dying|death) (from|of|by|with|on|after)( an?| too much)? ({{Medicine}}|hanging|drowning|carbon monoxide|exhaust fumes|bleach
            |antifreeze)\b
        (pain ?free|painless|painlessly|peaceful|least painful|gentle)( and \w+)? (ways?|methods?|means|death)( (to|of) (go|going
            |leave){{Sentences.End}}| out\b)
        (painless|painlessly|peaceful|least painful|quick|quickest|easy|easiest|fast|fastest|best|simple|any|sure)( and \w+)? (ways?
            |methods?|means) (to|of) (die|dying|end (it|my)|suicide)\b
        (painless|painlessly|pain ?free|peaceful|quick and easy) (death|die|dying|suicide)
        (die|dying|go|death) (painlessly|without pain|quickly and)
        (take|taking|took) the easy way out
        how (to|do i|can i|do you|would i) (die|tie a)\b
        nooses?\b

        {{Harm}} ({{Self}}|(my|his|her)( own)? (arms?|legs?|wrists?|thighs?|skin|body))( again| last night| yesterday| today)? {{Purpose}}
        (deliberately|intentionally|purposely|on purpose) {{Harm}} ({{Self}}|(my|his|her)( own)? (arms?|legs?|wrists?|thighs?|skin|body))
        {{Harm}} {{Self}}( again| last night| yesterday| today| tonight)* to (make|feel|stop|cope|punish|calm|numb|escape|forget)\b
        keeps?( on)? (cutting( {{Self}}| my (arms?|legs?|wrists?|thighs?))?|(hurting|harming|scratching) {{Self}}){{Sentences.End}}
        (started|start|been|went back to|gone back to|back to|stop|cannot stop|relapsed and|urges? to|urges? of|want to) (cut
            |cutting) (again|{{Self}}){{Sentences.End}}
        self[ -]?(injur|mutilat)\w*
        (shot|hung|hanged|drowned|gassed) ({{Self}}|themself)

        (i|i'?ve|i have|i'?ve got|there is|there'?s|he|she|has|have|got|bought|found|keep|keeps|hid|hidden)( got| kept| hidden)? (a|an|the|my|his
            |her|some|dad'?s|that)( \w+)? {{Firearm}}( \w+)? (in (the|my|his|her|our) (garage|shed|attic|loft|basement|cellar|car|boot|trunk
            |drawer|wardrobe|closet|bedroom|house|hand|room|safe)|under|upstairs|here{{Sentences.End}}|ready|waiting|by (the|my) bed
            |beside|next to|to (end|do|use on|hang|kill))
        (pills|tablets|meds)~2 lined up
        (take|taking|swallow\w*) (every( single)?|all the) (pills?|tablets?) in (this|the|my|our) (house|flat|cupboard|room|box)\b
        found (me|him|her) with (the|a) (ropes?|noose|gun|knife|razor|pills|tablets)\b
        lined up( all)? (my|his|her|the)( sleeping)? {{Medicine}}{{Sentences.End}}
        (would|i'?d|could) (jump|do it) if i (had|was|were)
        ready to go\W{1,3}(told|nobody)
        (gun|pistol|knife|blade)~1 (to|in|against|at) my (head|mouth|temple|throat|wrists?|chest)
        (star(e|es|ing|ed)|look(ing|ed)?) (at|down at) (the|my|a|his|her) (rope|gun|pills|tablets|razor|blades?|bridge|train tracks
            |tracks){{Sentences.End}}
        think\w* (about|of) (the|a|that|my) (rope|gun|bridge|razor|cliff|train tracks|railway|tracks)( (near
            |by|behind|next to|close to)( \w+){1,3})?{{Sentences.End}}
        {{Thinks}}( (of|about|to|just|i|be so))*~1 (driv\w*|steer\w*|swerv\w*|crash\w*|veer\w*)( (my|the|a) (car|wheel|bike
            |van))?( straight| right)? (into|off|under|in front of) (a|an|the|some)?( \w+)? ?(trees?|walls?|lorr(y|ies)|truck|bridge|traffic
            |cliff|river|lamp ?post|pole|road)
        {{Thinks}}( (of|about|to|just|i|be so))*~1 (step|walk|run|lie|jump)(ping|ing|ning)?( out| down)? (in front of|into|onto|on|under
            |off) (a|an|the|some)?( \w+)? ?(train|bus|lorry|truck|traffic|tracks|tram|tube|motorway|sea|bridge|roof|cliff)
        (throw|throwing|threw|chuck|chucking|hurl\w*) {{Self}} (off|in front|under(neath)?|out|from|down|over(board)?)
        """;

    public const string Others =
        $$"""
        (habe|hab|hat|nehme|schlucke|will|möchte|werde|nur|einfach)~4 (alle( meine| die)?|zu viele|\d\d+|zwanzig|dreißig|vierzig|fünfzig
            |(eine )?(handvoll|ganze packung|ganze schachtel)|die ganze packung)( \w+)? ((schmerz|schlaf)?(tabletten|pillen)|paracetamol
            |ibuprofen|medikamente)( \w+)? (genommen|geschluckt|nehmen|schlucken|auf einmal)
        alle~2 (tabletten|pillen|medikamente) auf einmal
        wie ?viele?~3 (braucht|brauche|muss|müsste|sind|wären)~3 (sterben|tödlich|umzubringen|tot){{Sentences.End}}
        tödliche (dosis|menge)
        (absichtlich|mit absicht|vorsätzlich)~1 (verletz\w*|geschnitten|geritzt|verbrannt|weh ?getan)
        (ritze|ritzt|schneide) (mich|sich)( wieder| selbst| jeden tag| immer wieder| am arm| an den armen)?{{Sentences.End}}
        (habe|hab|liegt|hängt|gekauft)~2 (strick|seil|pistole|gewehr)~3 (garage|keller|schrank|dachboden|schuppen|bereit|griffbereit)
        (gegen|vor) (einen|den|nen|ne|die|eine) (baum|zug|lkw|brückenpfeiler|wand|mauer) (zu )?(fahren|werfen|springen|laufen)
        (von|vom) (einer|der|ner|einem|dem)? ?(brücke|dach|hochhaus|balkon) (zu )?(springen|stürzen)
        (schmerzlos\w*)~2 (sterben|tod|gehen|umbringen)
        (mich|sich) (erschossen|erschießen|erhängt|erhängen|aufhängen|aufgehängt|vergiften)

        (pris|avalée?s?|prends|avale)( environ| presque)? (tous? (mes|les)|toute (la|ma)|trop de|\d\d+|vingt|trente|quarante|cinquante
            |une (boîte|plaquette|poignée)( entière)? de)( \w+)? ?(cachets?|comprimés?|médicaments?|pilules?|paracétamols?|dolipranes?
            |somnifères?|boîte|plaquette)
        (prendre|avaler) (tous? (mes|les)|toute (la|ma)) \w+ (d'un( seul)? coup|à la fois|en une fois)
        combien de~2 (faut|faudrait|pour)~3 (mourir|en finir|tuer){{Sentences.End}}
        doses? (mortelles?|létales?|fatales?)
        dosis (letal|mortal)(es)?
        ((blessée?|coupée?|brûlée?|coupe|blesse|mal) (exprès|volontairement)|(exprès|volontairement) (blessée?|coupée?|brûlée?))
        je me (scarifie|mutile|coupe{{Sentences.End}}|coupe (encore|les bras|les veines))
        (scarifi|auto-?mutil)\w*
        (ai|a) une? (corde|fusil|pistolet|revolver)~1 (dans (le|la|mon|ma)|au (garage|grenier)|sous|prêt)
        (me|se) (foutre en l'air|pendre|flinguer|buter|supprimer|tirer une balle|tailler les veines|jeter (sous|par|d'un|du|dans le vide
            |devant))
        (pendue?|tuée?|suicidée?) (mon|ma|il|elle)
        m'ouvrir les veines
        (foncer|rouler|encastrer|planter|jeter)~3 (dans|contre|sous) une? (arbre|mur|camion|train|platane)
        sans douleur pour (partir|mourir|en finir)
        (mourir|partir|mort) sans (souffrir|douleur){{Sentences.End}}

        (tomé|tomado|tragué|tragado|tragarme)( unas| casi)? (todas?( mis| las| la)?|demasiadas|\d\d+|veinte|treinta|cuarenta|cincuenta
            |un (frasco|bote)( entero)? de|una caja( entera)? de|toda la caja de)( \w+)? ?(pastillas|píldoras|tabletas|comprimidos
            |paracetamol(es)?|ibuprofenos?)
        (tomar|tomarme|tragarme) todas?( mis| las| la)? \w+ (de golpe|de una( sola)? vez|juntas)
        (cuánt[oa]s?|qué cantidad)~3 (falta|necesitan?|necesito|tengo|hay|para)~3 (morir\w*|matar\w*)
        (corto|corté|cortado|daño|lastimo|lastimé|lastimado|quemo|quemado)( \w+)? (a propósito|adrede|aposta)
        (autolesi\w*|cortarme (las venas|los brazos|las muñecas))
        (vuelto a|volví a) (cortarme|hacerme daño|autolesionarme)
        (tengo|compré|comprado|guardo) una (cuerda|soga|pistola|escopeta)~1 (en (el|la|mi)|lista|preparada|guardada)
        (estrellar|tirar|lanzar|arrojar)(me)?( \w+){0,3} (contra|al|de|del|desde|a)( un| una| el| la| las)? (árbol|puente|tren|muro|vías
            |balcón|ventana|camión)
        (pegarme un tiro|ahorcarme|colgarme (de|en)|se (ahorcó|ahorcado|pegó un tiro))
        (morir|irme) sin (dolor|sufrir){{Sentences.End}}
        """;
}
