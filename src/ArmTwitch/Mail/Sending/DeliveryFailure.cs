namespace ArmTwitch.Mail.Sending;

/// <summary>What a mail server blames for a mail that it refused or returned.</summary>
public enum DeliveryFailure
{
    /// <summary>There is no such recipient. Another try would meet the same.</summary>
    NoSuchRecipient,

    /// <summary>The recipient could not be reached, or the answer does not say why. The next mail may arrive.</summary>
    Unreachable,

    /// <summary>The sender: its address, its domain, its host. Every other mail would be refused as well.</summary>
    SenderRefused,

    /// <summary>This one mail: its size, its form, or what it says.</summary>
    MessageRefused,
}
