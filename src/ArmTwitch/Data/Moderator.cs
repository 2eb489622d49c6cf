using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Data;

/// <summary>The account of a person who decides on comments. It stands here because Identity builds its tables around it.</summary>
public sealed class Moderator : IdentityUser<Guid>
{
    public Moderator() => Id = Guid.CreateVersion7();

    /// <summary>The name that colleagues see, and readers beside an answer from the editors.</summary>
    [PersonalData]
    public required string DisplayName { get; set; }

    public required ModeratorRole Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether to mail at most once an hour that comments wait.</summary>
    public bool WantsDigest { get; set; }
}

/// <summary>What an account may do; each role may do what the ones before it may.</summary>
public enum ModeratorRole
{
    /// <summary>Decides on comments.</summary>
    Moderator,

    /// <summary>Answers as editor, and sends newsletters.</summary>
    Editor,

    /// <summary>Invites and removes people.</summary>
    Admin,
}
