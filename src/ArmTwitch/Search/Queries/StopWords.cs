namespace ArmTwitch.Search.Queries;

/// <summary>Words of a question that do not say what it is about. Those with an apostrophe stand here without it.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> Empty = Words(
        """
        a about after all also am an and any are as at be because been but by can could did do does doing for from get gets
        getting got had has have he her him his how i if in into is it its itself just like me my no not of off on one ones or our
        out over she should so some than that the their them then there these they this to too up us was we were what when
        where which while who why will with would you your yours mine
        arent cant couldnt didnt doesnt dont hadnt hasnt havent hes hows id im isnt ive lets mustnt shouldnt shes thats theres theyre
        wasnt werent whats whens wheres whos whys wont wouldnt youre youve itll thatll
        """);

    private static readonly HashSet<string> General = StemsOf(
        """
        long last lasts lasting normal normally ok okay fine serious dangerous harmless bad worse happen happens happening mean means
        meaning keep keeps keeping kept go goes going away gone nothing something anything everything thing things cause causes caused
        causing reason reasons way time times day days today now again still never ever always really very much more most
        sign signs symptom symptoms side sided left right problem problems issue issues need want know feel feels feeling suddenly
        down lying lie sitting sit resting rest think try tell see sure good maybe common people person someone
        """);

    /// <summary>Whether nearly every question and every article may have it.</summary>
    public static bool IsEmpty(string word) => Empty.Contains(word);

    /// <summary>Whether it asks something ("how long", "is it serious") without saying of what.</summary>
    public static bool IsGeneral(string word) => IsGeneralStem(WordStem.Of(word));

    /// <summary>The same of a stem (<see cref="WordStem"/>).</summary>
    public static bool IsGeneralStem(string stem) => General.Contains(stem);

    private static HashSet<string> StemsOf(string words) => [.. Words(words).Select(WordStem.Of)];

    private static HashSet<string> Words(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
