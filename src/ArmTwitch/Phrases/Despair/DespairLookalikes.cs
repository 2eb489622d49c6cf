namespace ArmTwitch.Phrases.Despair;

/// <summary>
/// What has the words of <see cref="CrisisPhrases"/> and is about something else. The rest of the text may still be despair.
/// </summary>
internal static class DespairLookalikes
{
    private const string Sweets =
        "overdos(ed|ing|e) (on|of) (coffee|tea|espressos?|chocolate|sugar|cake|biscuits|sweets|candy|bananas|cola|news|google)";

    public static readonly PhrasePatterns All = new(
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
        suicide (inhibit\w*|substrates?|inactivat\w*|genes?|squad|sprints?|drills?)
        {{Sweets}} ?([.!?)\n]|$)
        {{Sweets}},? (during|in|at|before|today|yesterday|last|this|over|while|when|again|four|three|two)\b
        (took|taken) [1-9]\d+ (tablets|pills|capsules) (over|in|for|during) (the |two |three |four |five |six |ten |\d+ )*(day|week|month)s?
        (massage|nerf|glue|heat|nail|staple|percussion|spray|water|skipping|jump|climbing|tow|battle) (guns?|ropes?)
        shot (myself|himself|herself|themselves) in the foot
        """);
}
