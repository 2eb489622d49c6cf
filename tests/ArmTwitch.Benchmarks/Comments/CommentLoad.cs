using ArmTwitch.Benchmarks.Processes;

namespace ArmTwitch.Benchmarks.Comments;

/// <summary>Comments from several clients at once, each sent when the one before is answered.</summary>
internal static class CommentLoad
{
    public const string Article = "/articles/arm-muscle-twitching";
    public const int Clients = 32;

    /// <param name="round">Another one each time: a text that came a moment ago counts as sent twice.</param>
    public static Task<LoadResult> SendAsync(
        Uri site, string round, int seconds, TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var script = folder.PathOf("comments.lua");
        File.WriteAllText(script, $$"""
            local threads = 0
            function setup(thread) threads = threads + 1; thread:set("number", threads) end
            local sent = 0
            function request()
              sent = sent + 1
              local body = "name=Ada&email=&website=&body=My+arm+twitched+again+in+{{round.Replace(' ', '+')}}%2C+after+a+week+of+little+sleep.+Thread+" .. number .. "%2C+comment+" .. sent .. "."
              return wrk.format("POST", "{{Article}}/comments", { ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
            end
            """);
        return LoadGenerators.PostCommentsAsync(new Uri(site, $"{Article}/comments"), script, Clients, seconds, cancellationToken);
    }
}
