using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Data;

/// <summary>An account. It is in this room because the context derives from Identity's and needs the type.</summary>
public sealed class Moderator : IdentityUser<Guid>
{
    public Moderator() => Id = Guid.CreateVersion7();

    /// <summary>Shown to other moderators, and to readers with an editor's reply.</summary>
    [PersonalData]
    public required string DisplayName { get; set; }

    public required ModeratorRole Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether to get a mail about waiting comments, at most once an hour.</summary>
    public bool WantsDigest { get; set; }

    /// <summary>The last sign-in; null before the first one. The rows of sessions are deleted after some days.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>What an account may do. Each role includes the ones before it.</summary>
public enum ModeratorRole
{
    /// <summary>Decides on comments.</summary>
    Moderator,

    /// <summary>Replies as editor, and sends newsletters.</summary>
    Editor,

    /// <summary>Invites and removes people.</summary>
    Admin,
}
