namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// Hopelessness and farewell: being a burden, no reason to carry on, no future, wanting it to be over, a last night, things given away,
/// a plan to end things. Also when said of somebody else.
/// </summary>
/// <remarks>"No future in tennis", "a burden when I write" and "I have a plan" alone are none of it.</remarks>
internal static class HopelessnessPhrases
{
    private const string
        Person = "(i|i'?m|i am|i feel|i'?ve become|i have become|s?he|s?he'?s|s?he is|s?he (say|feel|think)s~2|"
            + "feel|feels|feeling|being|becoming|become|became|am|only|just|nothing but)",
        Filler = "( just| only| nothing but| like| such| now| always| nothing more than| a huge| i am| i'?m| an? awful)*",
        Them = "(they|family|wife|husband|kids|children|m[uo]m|dad|parents|partner|every(one|body)|s?he|(girl|boy)friend|daughter|son)",
        Relative = "(kids?|children|family|wife|husband|m[uo]m|dad|parents|daughters?|sons?|loved ones|every(one|body)|partner|boys|girls)",
        CannotSee = "((do|did|does|ca|could)n'?t|do not|cannot|can not|no longer|never|hardly|barely)"
            + "( really| even| just| honestly| actually)? (see|have|find|know|feel|imagine|picture)",
        GoOn = "(carry(ing)? on|go(ing)? on|keep(ing)? (going|on|fighting|living|trying)|continu(e|ing)|hang(ing)? on|"
            + "stay(ing)?( here| alive| around)?|liv(e|ing)|be(ing)? (here|alive)|try(ing)?|fight(ing)?|bother(ing)?)",
        Everything = "(it all|this all|life|my life|anything|everything|being here|all (of )?(this|it)|living|existing)";

    public const string English =
        $$"""
        {{Person}}{{Filler}} (an? )?(\w+ )?burden( (to|on|for) (my|the|every\w*|them|him|her|you|us|all|others|people|those|society)\b
            |{{Sentences.End}})
        (do|does)(n'?t| not) want to be a burden~3 any ?more
        {{Them}}( all| both| really)? deserves? (so |much |far |way )*(some(one|body|thing) |a )?better( than (me|this|having me)
            |{{Sentences.End}}| (mum|mom|dad|father|mother|wife|husband|partner|son|daughter)\b)
        (i'?m|i am|i feel|feel|feeling)( like| just| only| so| such| completely| totally)* (worthless|a waste of (space|air|oxygen|life)
            |dead weight)
        (i'?m|i am|i just|i only|i keep|i do is)( \w+)? (drag|bring|weigh|hold)(ging|ing)? ({{Them}}|my \w+|them|him|her|us)( all)? (down
            |back){{Sentences.End}}
        (i'?m|i am|i have|i'?ve)( just)? ruin(ing|ed) (every(one|body)'?s|their|my \w+'?s|his|her) (lives|life)

        (no|any|a single|little|one|good) (reason|point|sense|purpose|strength|energy|will|desire)( left| any ?more| for me)*( to| in| of
            | for)? {{GoOn}}{{Sentences.End}}
        why( should i| do i| would i| even)? (bother )?(carry|keep|go)(ing)? on{{Sentences.End}}
        {{CannotSee}} (the|a|any|much)( \w+)? ?(point|sense|purpose|meaning)( (of|in|to) {{Everything}}{{Sentences.End}}|,? (any ?more
            |any longer){{Sentences.End}})
        no( real)? (point|sense|purpose|meaning)( (in|to|of) {{Everything}}{{Sentences.End}}|,? any ?(more|longer){{Sentences.End}})
        (there'?s|there is|got|have|has) nothing left( for (me|him|her)| in me| inside| to (give|fight for|hope for|live for
            |look forward to))?{{Sentences.End}}
        nothing (to look forward to|matters|is worth it){{Sentences.End}}
        (lost|losing) (the|my|all|any|every)( \w+)? ?(will|hope|reason)( to (live|go on|carry on|fight)| of living|{{Sentences.End}})

        (see|sees|have|has|got|there'?s|there is)( \w+)? no( real)? future( for (me|myself|him|her|us)| ahead( of me)?
            | left)?{{Sentences.End}}
        no future for (me|myself|him|her){{Sentences.End}}
        {{CannotSee}}( an?| any| my)? (future|way (out|forward|ahead))( for (me|myself)| with this)?{{Sentences.End}}
        no way (out|forward)( for me| of this)?{{Sentences.End}}
        (no hope( left| for me| any ?more)|(have|got|see|there is|there'?s) no hope)( for (me|him|her))?{{Sentences.End}}
        (i'?m|i am|i feel|feels?|feeling|so|completely|utterly|^)( so| just| completely| totally| utterly)* hopeless{{Sentences.End}}
        (my|his|her) life is( \w+)? (over|finished|ruined|done|pointless|meaningless|hopeless|worthless|not worth (it
            |living)){{Sentences.End}}
        life( just)? (is|feels|seems|has become)( so| just| completely| totally)* (pointless|meaningless|hopeless|unbearable|not worth it)
        (want|wants|wanna|wish|wishing|need|long|longing|waiting)( for)? (this|every ?thing|all( of)? (this|it)|it all)( all| just| to
            | would| could| was| were| be)* (be|was|were)( all)? (over|finished|done){{Sentences.End}}
        (want|wants|wanna|need|long|longing|waiting)( for)? it( just| to)* be( all)? (over|finished|done){{Sentences.End}}
        (wish|wishing) it (was|were|would be)( just)? all (over|finished|done){{Sentences.End}}
        (asleep|sleep|eyes)~3 and (it|everything|all|this)~1 (is|be|'?s|to be)( all)? over
        (just|only) want out{{Sentences.End}}
        want (peace|to be at peace|to rest) (forever|for ever|at last){{Sentences.End}}
        (the )?(pain|worry|suffering|hurt|misery)~3 to stop (for good|for ?ever)
        (dream\w*|fantasi\w*|think\w*|thought\w*|imagin\w*|talk\w*)~1 (of|about)( just| simply)? ((not|no longer|never) (existing
            |being (alive|here{{Sentences.End}}|around|born)|living{{Sentences.End}})|being dead)
        (have|having|had|has|get|getting|such|these|very)( such| very| really| these| some| so many)? (dark|black) thoughts

        (tonight|today|this)( really)? (is|will be|'?ll be|could be|might be)( probably)? my (very )?last (night|evening|day|post|message
            |comment|words)( on earth| alive| here)?{{Sentences.End}}
        my last (night|day|evening|hours?) (on earth|alive)
        (won'?t|will not|not going to|not gonna) (see|live to see|make it to|make it through|be here for|be around for) (christmas
            |tomorrow|(the )?morning|my( next)? birthday|new year|(the )?(night|weekend)|next (week|month|year)){{Sentences.End}}
        tell (my|our|the) {{Relative}}( and( my)? {{Relative}})?( that)? (i( always| really)? loved? (them|her|him)|i'?m sorry|i am sorry)
        good ?bye\W{1,3}(and )?(i'?m|i am|so)( so| truly)? sorry
        (i'?m|i am|so)( so)? sorry\W{1,3}good ?bye
        (good ?bye|farewell),? (my|dear) (friends?|loves?|loved ones|family|darlings?)\b
        (they|you|s?he|wife|husband|kids|m[uo]m|some ?one|some ?body|police)('?ll| will) find (me|my body)( dead| hanging| in the (morning
            |garage|woods|river)|{{Sentences.End}})
        (i'?m|i am|so)( so)? sorry( to)?( every(one|body)| all| guys| m[uo]m| dad| kids){1,2}\W{1,3}good ?bye
        forgive me for what (i\b|i'?m)
        (posted|texted|messaged|sent|left|wrote|written)( us| me| an?| his| her| my| every ?one| some)* (good ?bye|farewell)(s
            | (notes?|messages?|letters?|posts?|texts?|videos?|emails?)| (on|to) (facebook|insta\w*|twitter|tiktok|reddit|whatsapp
            |every ?one|us all|all of us|the (group|forum|family|kids))|{{Sentences.End}})
        last (message|text|post|comment|words) (was|were|said|is|says)( \w+)? (good ?bye|farewell)\b
        (by the time|when|once) (you( all| guys)?|they|people|any ?one|some ?one|any ?body|some ?body|every ?one)( have|'?ve)? (reads?
            |finds?|found|sees?) (this|it|me)( \w+)?,? i('?m| am|'?ll| will|'?ve| have)( \w+)? (gone|dead|left)\b
        if (you|u|ur|your)('?re| are| r)? reading this,?( then)? i('?m| am|'?ll| will)( \w+){0,2} (gone|dead)\b
        (please|pls|plz) (look after|take care of) my (dog|cat|pets?|kids?|children|boys?|girls?|wife|husband|m[uo]m|family|parents)\b
        (won'?t|will not) (be )?need(ing)? (it|them|that|anything|any of (it|this|them))( \w+)? where i('?m| am) going
        (i|he|she|we)( just| probably| really| think)? (won'?t|will not) be (here|around|alive) (by|come|past|beyond) [a-z]\w*
        (don'?t|do not|doesn'?t|does not|not)( \w+)? (plan|planning|intend|intending|expect) (to be|on being|to stay|on staying
            |to stick) (alive|(around|here) (next|much|by|for long|for much|then|when|after|any ?more|to see|long)|(around
            |here){{Sentences.End}})
        i('?m| am)?( \w+)? (not|won'?t|will not|don'?t (want|plan) to)( going to| gonna| be)* (stick|hang|stay)(ing)? around( for (the end
            |that|it|this|long|any of it))?{{Sentences.End}}
        tonight( is|'?s) the night{{Sentences.End}}
        (giv(e|es|ing|en)|gave|handing|hands) (all |most |all of |most of |everything )?(my|his|her|their)( \w+)? (things|stuff
            |belongings|possessions|valuables|jewell?ery|savings|money|pets?|dog|cat|records|books|tools) (away|out)
        (giv(e|es|ing|en)|gave) away( all| most| most of| all of)? (my|his|her|their)( \w+)? (things|stuff|belongings|possessions
            |valuables|jewell?ery|savings|money|pets?|dog|cat)
        (has|have|had|got|made|making)( \w+)?( an?| the| my| his| her)( \w+)? plan( of)?( how| for how)?( to| i| he| she)?( to|'?d| would
            |'?ll| will)?( just)? (die|end (it|things|everything|my|his|her)|kill|do it|not be here|suicide)
        (has|have|had|got) a plan,? (and|with) (the means|a (rope|gun|note)|pills|tablets|the (rope|gun|pills|tablets))
        (know|knows|decided|worked out|planned)( exactly| already)? (how|when|where) (i|he|she)('?d| would|'?ll| will| am going to
            |'?m going to) (do it|end it|die)
        (has|have|had|got|made|i'?ve)( \w+)?( an?| the| my| his| her)( \w+)? plan,?( and)?( \w+)? (date|method|means|note){{Sentences.End}}
        (has|have|had|got|set|i'?ve)( \w+){0,2} date( in mind)?,? and( a| my| the)* (plan|method|means){{Sentences.End}}
        (set|picked|chosen|fixed) (a|the|my) (date|day)\W{1,3}(no ?body|no ?one|not told|i (have not|haven'?t) told)
        (i|i'?ve|i have|have)( \w+)? (picked|chosen|decided on) (the|my) day{{Sentences.End}}
        affairs in order
        (i|i'?ve|have|and|already)( \w+)? (written|wrote) (the|my|all the|all my) (letters|goodbyes){{Sentences.End}}
        (written|wrote|writing)~2 (letters?|notes?|cards?) (to|for) (my |the |all |our |all my )*{{Relative}}
        (googl\w*|research\w*|search\w*|look(ed|ing)? up|reading up|read)( \w+){0,2} (ways to (die|go{{Sentences.End}}|end)|how to (die
            |end it|end my)|suicide)

        (think\w*|thought\w*|plan\w*|consider\w*|contemplat\w*|want\w*|wanna|going|ready|tempted|decided|about|dream\w*)( of| about| to
            | on| just)* end(ing)? (things|(my|this) (misery|suffering|existence|pain|torment|torture)){{Sentences.End}}
        end(ed|ing)? my ?self\b
        (do|doing|done|did) (my ?self|himself|herself) in\b
        (to|gonna|wanna|will|might|could|'?ll|about) (off|top|neck|end) (my ?self|himself|herself)\b
        (might|may|could|will|going to|gonna|nearly|almost|'?ll|about to|scared of|afraid of|before i|before he|before she) (do|did|does
            |doing|done) something (stupid|silly|drastic|terrible|bad|permanent|i('?ll| will| might)? (regret
            |can'?t|cannot)|to (myself|himself|herself))
        (some ?one|somebody|please)( please)? stop me{{Sentences.End}}
        {cannot}( \w+)? (keep (my ?self|himself|herself)|stay|be) safe{{Sentences.End}}
        (not|don'?t|doesn'?t)( feel| be| think i'?m)? safe (with|from|around) (my ?self|himself|herself)
        (don'?t|do not) feel safe (on my own|alone|by myself|tonight|right now){{Sentences.End}}
        (don'?t|do not|can'?t|cannot) trust my ?self( to be)?( alone| on my own)?( in (the|my) (house|flat)| at home| with (my|the) (pills
            |tablets|meds|medication|knives))?{{Sentences.End}}
        (voices?|thoughts?|head|brain|mind)( in (my|his|her) head)?( keeps?| are| is)* (tell|say|urg|scream|want|shout)\w*( at| to)? (me|him
            |her) to( just)? (do it|die|jump|kill (my|him|her)|end (it|my|his|her|every)|hurt my ?self|harm|cut my ?self)
        no( other)? (way|option|choice|solution|escape)( out| left)* (than|but|except|other than)( for me)?( to)? (die|dying|(end
            |ending) (it|my|this|things|everything|all))\b
        {cannot} see (my ?self|me) (making it|living (with|like|past|to|through|beyond)|being (here|alive)|getting through|lasting
            |surviving)
        {cannot}( \w+)? face (another|one more|a single|any more) (days?|nights?|mornings?)( like this| of (this|it|life|living|being)
            |{{Sentences.End}})
        nothing( left)?( here)? to (stay|live|hang on|carry on|go on|wake up|fight) for\b
        think\w*( about)? how easy (it|that) would be( to( just)? (die|end|jump|stop|go|step|drive|take)|{{Sentences.End}})
        (pray|hop|wish|beg)\w*~2 (god|lord)( just)? takes? me\b
        (it|this)( will|'?ll)( all)?( soon)? be( all)? over for me{{Sentences.End}}
        (want|wants|wanted|wanna|need)( for)? (it all|all of it|life|the world) to( just)? stop\b
        (stopped|stop|past|beyond) caring (if|whether)( or not)? i (live|die|wake)
        (i'?m|i am|standing|stood|sitting|sat)( here| out| up)? (on|at|by) the (bridge|ledge|edge|cliff|(train )?tracks|roof){{Sentences.End}}
        (drove|walked|went) to the (bridge|cliffs?|train tracks|railway|tracks)( \w+){0,3} and (thought|sat|stood|looked|stared|cried|nearly
            |almost)
        {{Them}}('?d|'?ll| would| will| wud)?( all)? be( \w+)? (better|richer)( off)? with (the|my)( life)? (insurance|pay ?out|money)
        ({{Them}}|friend|brother|sister|uncle|aunt|cousin|girl|boy)( \w+){0,2} (doesn'?t|does not|didn'?t)( \w+)? (want|wanna
            |wish)( to)? (exist|be alive|live (like|with) this|(live|be (here|around)|wake ?up|go on|carry on){{Sentences.End}})
        (want|wants|wanted|ready|going|like|love|rather|need|hope|trying|plan|about|decided|dont|don'?t|nothing|reason)( want| have
            | just)* 2 (die|(b|be) (dead|gone|here|alive)|kill|end|hurt|harm|cut|disappear|live|exist|wake|not wake|go on|carry on|hang)\b
        (wan|wnat|want|wnt|wanr) (to|t|too|ot|2) (die|dei|kill my|be dead)\b
        (usicid|siucid|scuicid|sicid|suiid|suicdi|suiicd|suidic|suicad|suciid|suiciad|suicial|suicie|suciad|suciid|suisid|suisic|suiced
            |suicud|suacid|soicid|suicied|suuicid|suiccid|suicsid|suixid|suivid|sucide)\w*
        """;

    public const string Others =
        $$"""
        mich~2 (keiner|niemand|kein mensch)~1 vermissen
        (bin|falle|fällt|fühle|wäre|werde|sei|ist er|ist sie|sie ist|er ist)~4 (eine|zur|nur last|als) last( für (alle|meine|meinen|euch
            |die|jeden|andere|ihn|sie)\b|{{Sentences.End}})
        (haben|hat|hätten|hätte)~2 (etwas |was |jemand\w* )?besse\w+ verdient
        verdien(t|en)( \w+)? (etwas |was |jemand\w* )besse\w+
        (kein\w*|wozu)( \w+)? ?(grund|sinn|kraft|mut|hoffnung|lust)?( mehr| mehr,)?( um| noch)?,? (weiter ?zu ?machen|weiterzuleben
            |weiterzukämpfen|weitermachen)
        (sehe|sieht|habe|hab|gibt)~2 kein\w* (zukunft|ausweg|hoffnung|perspektive)( mehr)?( für mich)?{{Sentences.End}}
        keine zukunft( mehr)? für mich
        (will|möchte|wünsch\w*|hoffe|wollte),?( nur| einfach| mir)*,?( dass| es wäre)? ?(es|alles)?( endlich| einfach| alles
            | nur)* vorbei( ist| wäre| sein)?{{Sentences.End}}
        (heute|das|dies)~2 meine? letzte[rsn]? (nacht|tag|abend|beitrag|nachricht)( sein)?{{Sentences.End}}
        (verschenk\w*|gibt|gebe)( gerade| schon)? (all |alle )?(meine|seine|ihre)( ganzen)? (sachen|habseligkeiten)( weg)?
        (meine|seine|ihre)( ganzen)? (sachen|habseligkeiten) (verschenk\w*|zu verschenken|weggegeben|her)
        (mit (allem|mir|dem leben)) schluss (zu )?machen
        (dem|allem|meinem leben|mir)( \w+)? ein ende (zu )?(setzen|machen|bereiten|gesetzt)
        (plan|pläne),?~2 (umzubringen|zu sterben|mich zu töten)
        (tut|mache|macht|tun|antun|antue|antut)~1 (mir|sich) (etwas|was) an\b
        (mir|sich) (etwas|was) (anzutun|antun|antue|antut|angetan)
        (dunkle|schwarze|düstere) gedanken
        (selbstmrod|selbsmord|selbstmort|sebstmord|slebstmord|selbtmord|suizit|suzid|siuzid|suziid|suiizd)\w*

        (plus|pas)( du tout)? envie d'(être (là|en vie|au monde|vivante?|ici{{Sentences.End}})|exister)
        (suis|être|sens|deviens|est|étais)( juste| comme| devenue?| qu'?| plus qu'?| que)* ?(un (poids|fardeau|boulet)
            |une charge)( mort)?( pour (ma|mes|mon|eux|tout|tous|les|toi|vous|elle|lui|nous|ses|sa|son)\b|{{Sentences.End}})
        (méritent?|mériterai\w*)( bien| tellement| beaucoup)? (mieux|quelqu'un de mieux)( que moi)?{{Sentences.End}}
        (plus|pas|aucune?)( \w+)? ?(de |la )?(raisons?|force|envie|courage|sens) (de|pour|à) (continuer|vivre|me battre|lutter
            |avancer){{Sentences.End}}
        (plus|pas|aucun)( de| le| du tout)? sens( à (la|ma) vie| à tout|{{Sentences.End}})
        (vois|ai|voit|y a)( plus| pas)( d'| aucun )?avenir( pour moi| devant moi)?{{Sentences.End}}
        aucun avenir( pour moi)?{{Sentences.End}}
        (veux|voudrais|envie|aimerais|souhaite)( juste| seulement| simplement)? que tout( ça| cela)? (s'arrête|soit (fini|terminé)
            |se termine|finisse)
        (c'est|ce sera|ce soir( c'est| sera| est)|cette nuit( c'est| sera| est)|aujourd'hui est) (ma dernière (nuit|soirée|journée)
            |mon dernier (jour|soir|message)){{Sentences.End}}
        (donne|donné|donner|donnant|distribue\w*)( déjà)? (toutes )?(ses|mes|tout) (affaires|biens|choses)
        (a|ai|un) plan pour (en finir|mourir|se tuer|me tuer|se suicider|me suicider)
        (idées|pensées) noires
        (faire|fais|fera|fasse) une (grosse )?(bêtise|connerie){{Sentences.End}}

        (quiero|quisiera|gustaría|deseo|ganas de)( ya| solo)? (irme|marcharme|dormirme|dormir) (ya )?(para siempre|de este mundo)
        (veo|encuentro|encuentra|ve|tiene|hallo|sin)( el| ningún| ya)? sentido( a| en| de)?( la| mi| esta) vida
        (la|mi) vida( ya)?( no (tiene|vale)| perdió)( ya| ningún| el)? (sentido|la pena|nada)
        (veo|encuentro|tiene) sentido( a| en)? (nada|seguir|todo esto){{Sentences.End}}
        (soy|ser|siento|siendo|sentirme)( solo| como| que soy| sólo)* (una carga|un estorbo|un peso|un lastre)( para (mi|mis|todos|ellos
            |los|ti|nadie|mí)\b|{{Sentences.End}})
        (merecen?|merecían?)( \w+)? ?(algo |a alguien )?mejor( que yo)?{{Sentences.End}}
        (no|sin|ninguna|ni|ningún)~2 (razón|razones|motivos?|fuerzas|ganas)( \w+)? (para|de) (seguir|continuar|vivir|luchar)( adelante
            | así| viviendo)?{{Sentences.End}}
        (no|ningún)( le)? (veo|tengo|hay|encuentro|me queda)( ningún| ninguna)? (futuro|salida|esperanza
            |esperanzas)( para mí)?{{Sentences.End}}
        (quiero|ojalá|deseo|quisiera|espero)( que)?( ya)? todo( esto)?( se)?( ya)? (acabe|termine|acabara|terminara|acabase)
        (esta|hoy|ésta)( noche)? (es|será|va a ser) mi últim[oa] (noche|día|mensaje){{Sentences.End}}
        (regal\w+|dando|repart\w+)( ya)? (todas )?(sus|mis) (cosas|pertenencias)
        (terminar|acabar|poner fin) (con|a) (todo|esta vida|mi vida|mi sufrimiento)
        (plan|planes) para (morir|matarse|matarme|suicidarse|acabar)
        (pensamientos oscuros|hacer una (locura|tontería){{Sentences.End}})
        """;
}
