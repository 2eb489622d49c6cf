using System.Security.Claims;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Authorization;

namespace ArmTwitch.Moderators;

/// <summary>The authorization policies of pages and endpoints. A higher role fulfils the policies of the lower ones.</summary>
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

    /// <summary>The name of a role in policies, claims, forms and commands.</summary>
    public static string NameOf(ModeratorRole role) => role switch
    {
        ModeratorRole.Moderator => Moderator,
        ModeratorRole.Editor => Editor,
        ModeratorRole.Admin => Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    /// <returns>Null when there is no such role.</returns>
    public static ModeratorRole? RoleNamed(string? name) => name switch
    {
        Moderator => ModeratorRole.Moderator,
        Editor => ModeratorRole.Editor,
        Admin => ModeratorRole.Admin,
        _ => null,
    };
}
