namespace ArmTwitch.Data.Changes;

/// <summary>
/// What a room does when a row has changed in PostgreSQL, whichever program changed it: this one, another replica or a command. A trigger of
/// the table sends the notice as part of the transaction.
/// </summary>
public interface IDatabaseChangeHandler
{
    /// <summary>The word that the room's notices begin with, such as <c>comment</c>.</summary>
    string Topic { get; }

    /// <summary>Called after each commit, on the thread that listens: it must not block. The same change may come twice.</summary>
    /// <param name="detail">What the notice says after its topic; empty when it says nothing more.</param>
    void Handle(string detail);

    /// <summary>Called when notices may have been missed: anything that was read from the database before may be out of date.</summary>
    void HandleMissed();
}
