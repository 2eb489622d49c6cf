using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Newsletter;

/// <summary>How much may be asked of the newsletter. <see cref="Enabled"/> lifts all of it but what waits.</summary>
public sealed class SignUpLimitOptions
{
    /// <summary>False lifts the limits on how often, for load tests.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Forms from one network in an hour, be it to sign up or to ask for what is kept.</summary>
    [Range(1, 100_000)]
    public int SignUpsInAnHour { get; init; } = 20;

    /// <summary>Codes typed from one network in an hour.</summary>
    [Range(1, 100_000)]
    public int CodesInAnHour { get; init; } = 60;

    /// <summary>Minutes between two confirmation mails to one mailbox, whichever way its address is written.</summary>
    [Range(0, 1440)]
    public int MinutesBetweenConfirmations { get; init; } = 10;

    /// <summary>Confirmation mails to one mailbox in a day.</summary>
    [Range(1, 100)]
    public int ConfirmationsInADay { get; init; } = 3;

    /// <summary>Mails to one mailbox in a day with a link to what is kept.</summary>
    [Range(1, 100)]
    public int ManageLinksInADay { get; init; } = 3;

    /// <summary>
    /// Links mailed to everybody in an hour. After that, only networks that had no form dealt with in this hour are served, until there
    /// are twice as many. The others wait, and the program says so.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ConfirmationsInAnHour { get; init; } = 500;

    /// <summary>Forms that may wait. Whoever has one in the queue then is asked to come back, and at twice as many everybody is.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsWaiting { get; init; } = 10_000;
}
