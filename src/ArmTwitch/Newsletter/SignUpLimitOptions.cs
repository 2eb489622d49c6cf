using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Newsletter;

/// <summary>Rate limits of sign-ups. <see cref="Enabled"/> turns off all of them but the length of the queue.</summary>
public sealed class SignUpLimitOptions
{
    /// <summary>False turns the rate limits off, for load tests.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Forms of both kinds (<see cref="SubscriptionRequestKind"/>) from one network in an hour.</summary>
    [Range(1, 100_000)]
    public int SignUpsInAnHour { get; init; } = 20;

    /// <summary>Codes typed from one network in an hour.</summary>
    [Range(1, 100_000)]
    public int CodesInAnHour { get; init; } = 60;

    /// <summary>Minutes between two confirmation mails to one mailbox, however its address is written.</summary>
    [Range(0, 1440)]
    public int MinutesBetweenConfirmations { get; init; } = 10;

    /// <summary>Confirmation mails to one mailbox in a day.</summary>
    [Range(1, 100)]
    public int ConfirmationsInADay { get; init; } = 3;

    /// <summary>Mails to one mailbox in a day with a link to what is stored.</summary>
    [Range(1, 100)]
    public int ManageLinksInADay { get; init; } = 3;

    /// <summary>
    /// Mails with a link in an hour, to all addresses together. Beyond that, only networks without a processed form in this hour are
    /// served, up to twice the number. The others wait, and a health check says so.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ConfirmationsInAnHour { get; init; } = 500;

    /// <summary>
    /// Forms in the queue. Beyond that, a network with a form in the queue is told to come back later; at twice the number everybody is.
    /// </summary>
    [Range(1, 1_000_000)]
    public int SignUpsWaiting { get; init; } = 10_000;
}
