namespace ArmTwitch.Mail.Sending;

/// <summary>What a mail server blames for a mail that it refused or returned.</summary>
public enum DeliveryFailure
{
    /// <summary>There is no such recipient. Another try would fail, too.</summary>
    NoSuchRecipient,

    /// <summary>The recipient could not be reached, or the cause is not known. The next mail may arrive.</summary>
    Unreachable,

    /// <summary>The sender: its address, domain or host. Every other mail would be refused, too.</summary>
    SenderRefused,

    /// <summary>This one mail: its size, format or content.</summary>
    MessageRefused,
}
