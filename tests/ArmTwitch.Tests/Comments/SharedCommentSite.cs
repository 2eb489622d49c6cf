using ArmTwitch.Data;

namespace ArmTwitch.Tests.Comments;

/// <summary>One site without limits for all tests of a class, which only look at what is their own.</summary>
public abstract class SharedCommentSite(DatabaseKind database) : IDisposable
{
    internal CommentTestSite Comments { get; } = new(database, ("Limits:Enabled", "false"));

    public void Dispose()
    {
        Comments.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed class OnSqlite() : SharedCommentSite(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : SharedCommentSite(DatabaseKind.Postgres);
}
