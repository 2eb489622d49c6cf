namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Who the people of a list are. Other programs write a list of each kind, and the lists can look alike.</summary>
public enum ListedPeople
{
    /// <summary>They get the newsletter there.</summary>
    Readers,

    /// <summary>They have left it.</summary>
    Left,

    /// <summary>Mails to them came back.</summary>
    Bounced,
}
