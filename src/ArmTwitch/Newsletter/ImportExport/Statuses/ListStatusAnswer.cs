namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>The status of a list, as an editor says. Other programs write a list of each status, and the lists can look alike.</summary>
/// <param name="State">Confirmed for people who get the newsletter there, unsubscribed or bounced.</param>
/// <param name="IsAgainstColumns">Whether it holds for everybody, also where a column seems to say something else.</param>
public readonly record struct ListStatusAnswer(SubscriberState State, bool IsAgainstColumns = false);
