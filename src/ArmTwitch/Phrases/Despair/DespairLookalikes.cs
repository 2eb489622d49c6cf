namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// What has the words of <see cref="CrisisPhrases"/> and is about something else. The rest of the text may still be despair.
/// </summary>
internal static class DespairLookalikes
{
    private const string
        Cannot = "(can'?t|cannot|can not|couldn'?t)",
        Care = "(appointment|gp|doctors?|hospital|pharmacy|chemist|neurologist)",
        Dying = "(going to|gonna|will|might|could|i'?d) die (of|from|with)",
        Afraid = "(thought|thinks|convinced|scared|afraid|terrified|worried|frightened|fear|feared|fearing)",
        Sweets = "overdos(ed|ing|e) (on|of) (coffee|caffeine|tea|espressos?|chocolate|sugar|cake|biscuits|sweets|candy|bananas|cola|"
            + "news|google)";

    public static readonly PhrasePatterns All = new(DespairPhrases.Unwrapped(
        $$"""
        # English
        (want|like) to (be|stay) here (in|at|on) (the|a|my|this) (waiting|hospital|clinic|surgery|ward|office|queue|weekend|holiday)
        (want|like) to (be|stay) here (at (work|school)|on a (week ?day|weekend|sunday)|for (\w+ )?(hours|minutes)|all day)
        (want|like) to wake( me)? up at (\d|one|two|three|four|five|six|night|dawn)
        (want|like) to wake( me)? up ((in|during) the (night|middle)|(so|this|that|too) (early|often))
        (want|like) to wake( me)? up (early|twitching|in pain|in a sweat|(every|each) (night|hour|time))
        (want|like) to wake( me)? up with( \w+){0,2} (twitch\w*|cramps?|pain|spasms?|headaches?|numb\w*|arms?|hands?)
        (want|like) to live (in (fear|doubt|denial|a (city|flat|house|home))|near|next to|abroad|on (tablets|pills|coffee|painkillers))
        (reason|point|sense) (to|in) (go|going) on (an?|the|holiday|tablets|steroids|medication|medicine|antibiotics)\b
        {{Cannot}} go on( an?| the| my| our| any)?( long| short)? (holidays?|vacation|trips?|walks?|runs?|hikes?|rides?)\b
        {{Cannot}} go on( an?| the| my| our| any)? (bike|treadmill|cruise|plane|dates?|google|forums?|internet|website)\b
        (want|wanna|like|love)( to)?( just)? disappear (into|under) (bed|my (bed|duvet)|a (book|blanket)|the (sofa|couch|duvet))\b
        (saved|saving)( all| some)?( my| the)?( \w+)? (tablets|pills) for (the|my|a) (flight|trip|holiday|travels?|journey|appointment|scan)\b
        (took|taken)( all)?( of)? (my|his|her|the)( \w+)? (tablets|pills|meds) (with (me|him|her)|to (the|my) {{Care}}|as (prescribed|told))\b
        (tablets|pills|meds) in my hand (luggage|bag)\b
        rather die than (\w+ ){1,4}(gym|coffee|tea|chocolate|decaf|kale|sugar|salad|karaoke)\b
        {{Dying}} (boredom|embarrassment|laughter|shame|cringe|curiosity|hunger|thirst)\b
        {{Dying}} (als|mnd|motor neuron\w*|cancer|an? (stroke|heart attack))\b
        {{Afraid}}( that)? (i|we)( was| am|'?m| were|'?d be| might be)?( really| just| also| all)? going to die\b
        (am|are|is) (i|we|he|she)( really| just| all)? going to die\b
        suicide (inhibit\w*|substrates?|inactivat\w*|genes?|squad|sprints?|drills?)
        {{Sweets}}{end}
        {{Sweets}},? (during|in|at|before|today|yesterday|last|this|over|while|when|again|four|three|two)\b
        (took|taken) [1-9]\d+ (tablets|pills|capsules) (over|in|for|during) (the |two |three |four |five |six |ten |\d+ )*(day|week|month)s?
        (massage|nerf|glue|heat|nail|staple|percussion|spray|water|skipping|jump|climbing|tow|battle) (guns?|ropes?)
        (took|taken|take)( all)?( of)? (my|his|her|the|their)( \w+)? (tablets|pills|meds)( for (the|this|that) (day|week|month|night))?,?
             (exactly |just )?(as|like|how)( the| my| his| her| a)? (doctor|gp|nurse|pharmacist|chemist|neurologist|leaflet|label)s?( \w+)?
             (told|tell|said|says|prescribed|advised|asked|ordered|wanted)
        (lethal|fatal|deadly) doses? of (boredom|cringe|irony|sarcasm|mondays?|small talk)\b
        kill me( now| please)?,? (lol|lmao|rofl|haha\w*|hehe\w*|jk)\b
        (won'?t|will not|cannot|can'?t|not going to|doesn'?t|does not|didn'?t) kills? (me|you|him|her|any(one|body))\b
        (look|star)\w*( down)? (at|on) (my|his|her|their|our) (phone|mobile|watch|feet|shoes|hands?|arms?|legs?|calf|calves|book|screen)
        (cut|cuts|cutting|burn|burns|burning|hurt|hurts|hurting) (him|her)self~1 (shaving|cooking|baking|gardening|playing|falling|climbing
            |at (football|school|work|the gym))
        we (won'?t|will not) be (here|around) (next|for|at) \w+,?( because| as| since)? we('?re| are|'?ll| will)?( \w+)? (fly|flying
            |travel\w*|mov(e|ing)|go(ing)?|visit\w*|in|with|on holiday|away)\b
        shot (myself|himself|herself|themselves) in the foot
        """));
}
