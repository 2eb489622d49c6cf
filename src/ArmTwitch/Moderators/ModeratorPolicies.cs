using System.Security.Claims;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Authorization;

namespace ArmTwitch.Moderators;

/// <summary>What a page or an endpoint may ask of whoever opens it. Each is fulfilled by the roles above it too.</summary>
public static class ModeratorPolicies
{
    public const string Moderator = "moderator";
    public const string Editor = "editor";
    public const string Admin = "admin";

    internal static void Add(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<ModeratorRole>())
            options.AddPolicy(NameOf(role), policy =>
                policy.RequireClaim(ClaimTypes.Role, Enum.GetValues<ModeratorRole>().Where(other => other >= role).Select(NameOf)));
    }

    /// <summary>The word for a role in policies, claims, forms and commands.</summary>
    public static string NameOf(ModeratorRole role) => role switch
    {
        ModeratorRole.Moderator => Moderator,
        ModeratorRole.Editor => Editor,
        ModeratorRole.Admin => Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    /// <returns>Null when the word names no role.</returns>
    public static ModeratorRole? RoleNamed(string? word) => word switch
    {
        Moderator => ModeratorRole.Moderator,
        Editor => ModeratorRole.Editor,
        Admin => ModeratorRole.Admin,
        _ => null,
    };
}
