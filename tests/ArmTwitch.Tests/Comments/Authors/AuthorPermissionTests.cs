using System.Net;
using ArmTwitch.Comments;

namespace ArmTwitch.Tests.Comments.Authors;

/// <summary>Which state of a comment allows its author which action.</summary>
public abstract class AuthorPermissionTests(SharedCommentSite shared)
{
    private readonly CommentTestSite site = shared.Comments;

    public static TheoryData<CommentStatus, string, HttpStatusCode> Actions => new()
    {
        { CommentStatus.Pending, "edit", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "withdraw", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "appeal", HttpStatusCode.Conflict },
        { CommentStatus.Approved, "edit", HttpStatusCode.SeeOther },
        { CommentStatus.Approved, "withdraw", HttpStatusCode.SeeOther },
        { CommentStatus.Approved, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Approved, "appeal", HttpStatusCode.Conflict },
        { CommentStatus.ApprovedRedacted, "edit", HttpStatusCode.SeeOther },
        { CommentStatus.Rejected, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Rejected, "withdraw", HttpStatusCode.Conflict },
        { CommentStatus.Rejected, "appeal", HttpStatusCode.SeeOther },
        { CommentStatus.Rejected, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Spam, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Spam, "appeal", HttpStatusCode.Conflict },
        { CommentStatus.Removed, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Removed, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Withdrawn, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Withdrawn, "withdraw", HttpStatusCode.SeeOther },
        { CommentStatus.Withdrawn, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Erased, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Erased, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "dance", HttpStatusCode.UnprocessableEntity },
        { CommentStatus.Pending, "", HttpStatusCode.UnprocessableEntity },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task An_author_may_do_what_the_state_allows(CommentStatus status, string action, HttpStatusCode expected)
    {
        var address = await site.WriteOneAsync("Words.");
        await site.SetAsync((await site.CommentsAsync())[^1].Id, status);

        using var answer = await site.PostAsync(address, ("action", action), ("revision", "1"), ("body", "Other words."));

        Assert.Equal(expected, answer.StatusCode);
    }
}

public sealed class AuthorPermissionTestsOnSqlite(SharedCommentSite.OnSqlite shared) : AuthorPermissionTests(shared),
    IClassFixture<SharedCommentSite.OnSqlite>;

public sealed class AuthorPermissionTestsOnPostgres(SharedCommentSite.OnPostgres shared) : AuthorPermissionTests(shared),
    IClassFixture<SharedCommentSite.OnPostgres>;
