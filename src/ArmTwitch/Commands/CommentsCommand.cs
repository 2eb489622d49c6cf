using System.CommandLine;
using ArmTwitch.Moderation;

namespace ArmTwitch.Commands;

/// <summary>
/// <c>comments list</c>, <c>approve</c> and <c>export</c>. They work while the site runs, and it shows the decisions.
/// </summary>
internal static class CommentsCommand
{
    public static Command Create(CommandHost host) => new("comments", "What readers wrote") { List(host), Approve(host), Export(host) };

    private static Command List(CommandHost host)
    {
        var json = CommandOutput.JsonOption();
        var status = new Option<string?>("--status") { Description = "Only those in this state, such as pending or approved-redacted" };
        var list = new Command("list", "Print comments, the oldest first") { status, json };
        return host.WithDatabase(list, (services, parsed, stop) =>
            CommentAdministration.ListAsync(
                services, parsed.GetValue(status), parsed.GetValue(json), parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Approve(CommandHost host)
    {
        var all = new Option<bool>("--all-pending")
        {
            Description = "Every comment that waits, but none that may be a crisis or holds personal data"
        };
        var approve = new Command("approve", "Approve comments without looking at them one by one") { all };
        approve.Validators.Add(result =>
        {
            if (!result.GetValue(all))
                result.AddError("Say --all-pending: every comment that waits is approved, unread. What may be a crisis or holds personal "
                    + "data is left for a moderator.");
        });
        return host.WithDatabase(approve, (services, parsed, stop) =>
            CommentAdministration.ApproveAllPendingAsync(services, parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Export(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet" };
        var export = new Command("export", "Write comments and decisions to a file of JSON, without addresses") { file };
        return host.WithDatabase(export, (services, parsed, stop) =>
            CommentAdministration.ExportAsync(services, parsed.GetValue(file)!, parsed.InvocationConfiguration.Output, stop));
    }
}
