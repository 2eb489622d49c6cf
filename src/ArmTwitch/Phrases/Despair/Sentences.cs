namespace ArmTwitch.Phrases.Despair;

/// <summary>Parts of phrases in the form of <see cref="PhrasePatterns"/>, for thoughts that have to end where the phrase ends.</summary>
internal static class Sentences
{
    private const string
        Again = "(any ?more|any ?longer|again|ever|at all|now|tonight|today|mehr|ya|más|plus)",
        Next = "(and|but|because|cause|cuz|cos|bc|so (i|that|my)|then|or|with (this|life|it all)|like this|since|if|when|i|i'?m|i'?ve|"
            + "sorry|please|my (family|life|kids|wife|husband)|nobody|every(one|body)|why|what|after|without|"
            + "und|weil|denn|aber|oder|ich|seit|wenn|et|ou|ni|car|parce|mais|je|depuis|si|y|o|porque|pero|desde|así|no|estoy|todo)";

    /// <summary>"No future" ends a thought where <c>{end}</c> is, or before "because"; "no future in tennis" does not.</summary>
    public const string End = $@"((,? {Again})*({{end}}| {Next}\b)|,? {Again}\b)";

    /// <summary>What stands between two parts of one sentence.</summary>
    public const string Near = @"[^.!?\n]{0,50}";
}
