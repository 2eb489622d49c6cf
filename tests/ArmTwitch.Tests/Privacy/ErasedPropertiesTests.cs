using System.Collections;
using System.Runtime.CompilerServices;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Feedback;
using ArmTwitch.Feeds;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ArmTwitch.Tests.Privacy;

/// <summary>
/// Fills every property of every entity with something about one person, erases the person, and compares what is left with a list. A new
/// entity or property fails until somebody has decided what becomes of it.
/// </summary>
public sealed class ErasedPropertiesTests : IDisposable
{
    private const string Address = "ada@example.org";

    /// <summary>What may be left of each entity that can be about a person: times, hashes, and words of the program.</summary>
    private static readonly Dictionary<Type, string[]> Left = new()
    {
        // Who did what with an account or a subscriber can be checked for two years.
        [typeof(AuditEntry)] = ["By", "Detail", "ModeratorId", "SubjectId", "SubjectName"],
        [typeof(Comment)] = ["Badge", "ClaimedBy", "ClaimedUntil", "DecidedAt", "ShownAt"],
        [typeof(CommentArrival)] = [],
        // Who decided what can be checked for two years, and so can the steps of editors with an issue.
        [typeof(CommentDecision)] = ["By", "Code", "Flags", "ModeratorId", "UndoneAt", "WaitedSeconds"],
        [typeof(CommentFlag)] = ["Rule", "Why"],
        [typeof(CommentNote)] = [],
        [typeof(CommentReport)] = [],
        [typeof(CommentToken)] = ["Hash"],
        [typeof(ConsentRecord)] = ["Address", "AskedAt", "Page", "Reason", "Wording"],
        [typeof(FeedbackAnswer)] = ["HandledAt"],
        [typeof(IdentityUserClaim<Guid>)] = [],
        [typeof(IdentityUserLogin<Guid>)] = [],
        [typeof(IdentityUserPasskey<Guid>)] = [],
        [typeof(IdentityUserToken<Guid>)] = [],
        [typeof(SubscriptionRequest)] = ["Network", "Page", "Wording"],
        [typeof(Invitation)] = [],
        [typeof(IssueAuditEntry)] = ["By", "Reason", "ScheduledFor"],
        [typeof(Moderator)] = [],
        [typeof(ModeratorSession)] = ["EndedAt", "EndedBy", "Hash"],
        [typeof(OutgoingMail)] =
            ["Cause", "FirstTriedAt", "MailingId", "MessageId", "SentAt", "Status", "Subject", "SuppressionScope"],
        [typeof(Subscriber)] = ["ConfirmedAt", "Page", "Recent", "UnsubscribeHash", "Wording"],
        [typeof(SubscriberToken)] = [],
        [typeof(Suppression)] = ["Hash", "Reason", "Scope"],
        [typeof(DecisionUndoSnapshot)] = [],
        [typeof(UsedCode)] = [],
    };

    /// <summary>About nobody.</summary>
    private static readonly Type[] Harmless =
    [
        typeof(DailyKey), typeof(DataProtectionKey), typeof(Issue), typeof(Mailing), typeof(PublicationTime), typeof(RateLimitEvent),
        typeof(Secret),
    ];

    private readonly TestSite site = new();
    private readonly Dictionary<Type, object> rows = [];

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_an_erased_person_only_the_listed_properties_are_left()
    {
        await using (var db = site.Database())
        {
            Assert.Equal(
                Left.Keys.Concat(Harmless).Select(type => type.Name).Order(StringComparer.Ordinal),
                Entities(db).Select(entity => entity.ClrType.Name).Order(StringComparer.Ordinal));
            foreach (var entity in InOrder(db))
            {
                db.Add(rows[entity.ClrType] = Fill(entity, RuntimeHelpers.GetUninitializedObject(entity.ClrType)));
                await db.SaveChangesAsync(Stop);
            }
        }

        await site.Get<PersonErasureService>().EraseAsync(new PersonAddress(Address, Address), Stop);
        await site.Get<ModeratorAccounts>().RemoveAsync(((Moderator)rows[typeof(Moderator)]).Id, cancellationToken: Stop);

        await using var after = site.Database();
        var left = new List<string>();
        foreach (var entity in Entities(after).Where(entity => Left.ContainsKey(entity.ClrType)))
            left.AddRange(await FindLeftAsync(after, entity));
        var listed = Left.SelectMany(entity => entity.Value.Select(property => $"{NameOf(entity.Key)}.{property}")).ToList();
        Assert.True(
            left.ToHashSet().SetEquals(listed),
            $"Left and not listed: {string.Join(' ', left.Except(listed))}\nListed and not left: {string.Join(' ', listed.Except(left))}");
    }

    public void Dispose() => site.Dispose();

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    private static IEnumerable<IEntityType> Entities(ArmTwitchDb db) => db.Model.GetEntityTypes().Where(entity => !entity.IsOwned());

    /// <summary>Those that others refer to come first.</summary>
    private static IEnumerable<IEntityType> InOrder(ArmTwitchDb db)
    {
        var done = new HashSet<IEntityType>();
        return Entities(db).SelectMany(Add);

        IEnumerable<IEntityType> Add(IEntityType entity) => done.Add(entity)
            ? [.. entity.GetForeignKeys().SelectMany(key => Add(key.PrincipalEntityType)), entity]
            : [];
    }

    private object Fill(IEntityType entity, object row)
    {
        foreach (var property in entity.GetProperties().Where(property => !property.IsShadowProperty()))
        {
            if (ValueOf(property) is { } value)
                property.PropertyInfo!.SetValue(row, value);
        }

        foreach (var part in entity.GetNavigations().Where(part => part.TargetEntityType.IsOwned()))
            part.PropertyInfo!.SetValue(row, Fill(part.TargetEntityType, RuntimeHelpers.GetUninitializedObject(part.ClrType)));
        return row;
    }

    /// <returns>Null where the database makes the value.</returns>
    private object? ValueOf(IProperty property)
    {
        if (property.GetContainingForeignKeys().FirstOrDefault() is { } key)
            return key.PrincipalEntityType == property.DeclaringType ? null
                : key.PrincipalKey.Properties[0].PropertyInfo!.GetValue(rows[key.PrincipalEntityType.ClrType]);
        // A mailing that still has addresses, and a copy of it.
        if (property.Name is "PrunedAt")
            return null;
        if (property.Name is "Cause")
            return MailingService.CauseOf(((Mailing)rows[typeof(Mailing)]).Id);
        if (rows.FirstOrDefault(row => property.Name == $"{row.Key.Name}Id").Value is { } other)
            return other.GetType().GetProperty("Id")!.GetValue(other);
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type switch
        {
            _ when type == typeof(string) => TextOf(property),
            _ when type == typeof(byte[]) => Guid.NewGuid().ToByteArray(),
            _ when type == typeof(string[]) => new[] { Address },
            _ when type == typeof(Slug) => Slug.Parse("one"),
            _ when type == typeof(Guid) => Guid.NewGuid(),
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTimeOffset) => site.Clock.GetUtcNow().AddDays(-1),
            _ when type.IsEnum => Enum.GetValuesAsUnderlyingType(type).GetValue(0) is { } first ? Enum.ToObject(type, first) : null,
            _ => property.IsPrimaryKey() ? null : Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static string TextOf(IProperty property)
    {
        var text = property.Name switch
        {
            "Email" or "To" or "Key" => Address,
            "NormalizedEmail" or "NormalizedUserName" => Address.ToUpperInvariant(),
            var name => $"{Address} {name}",
        };
        return text[..Math.Min(text.Length, property.GetMaxLength() ?? text.Length)];
    }

    /// <summary>The properties that can be null, or are texts or bytes, and still hold what they were filled with.</summary>
    private async Task<List<string>> FindLeftAsync(ArmTwitchDb db, IEntityType entity)
    {
        var before = rows[entity.ClrType];
        var key = entity.FindPrimaryKey()!.Properties.Select(property => property.PropertyInfo!.GetValue(before)).ToArray();
        return await db.FindAsync(entity.ClrType, key, Stop) is not { } after ? []
            : [.. entity.GetProperties()
                .Where(property => property.IsNullable || property.ClrType == typeof(string) || property.ClrType == typeof(byte[]))
                .Where(property => property.PropertyInfo!.GetValue(after) is { } value
                    && StructuralComparisons.StructuralEqualityComparer.Equals(value, property.PropertyInfo.GetValue(before)))
                .Select(property => $"{NameOf(entity.ClrType)}.{property.Name}")];
    }
}
