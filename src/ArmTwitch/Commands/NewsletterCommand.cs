using System.CommandLine;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport.TakingBack;

namespace ArmTwitch.Commands;

/// <summary><c>newsletter import</c>, <c>take-back</c>, <c>export</c>, <c>send</c> and <c>status</c>. They work while the site runs.</summary>
internal static class NewsletterCommand
{
    public static Command Create(CommandHost host) =>
        new("newsletter", "Subscribers and issues") { Import(host), TakeBack(host), Export(host), Send(host), Status(host) };

    private static Command Import(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A table (CSV) with the columns email, consent_at, source and wording" };
        var apply = new Option<bool>("--apply") { Description = "Do it" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would happen; so it is without --apply" };
        var people = new Option<string?>("--people")
        {
            Description = $"Who they are, where the file does not tell: {string.Join(", ", NewsletterAdministration.People)}"
        };
        var import = new Command("import", "Take subscribers in from a table; a dry run unless --apply is said") { file, people, apply, dryRun };
        import.Validators.Add(result =>
        {
            if (result.GetValue(apply) && result.GetValue(dryRun))
                result.AddError("Say either --apply or --dry-run.");
        });
        return host.WithDatabase(import, (services, parsed, stop) =>
            NewsletterAdministration.ImportAsync(
                services, parsed.GetValue(file)!, parsed.GetValue(people), parsed.GetValue(apply), parsed.InvocationConfiguration.Output, stop));
    }

    private static Command TakeBack(CommandHost host)
    {
        var import = new Argument<string?>("IMPORT")
        {
            Description = "When it began, as the list says it; without it, the imports that can be taken back are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var apply = new Option<bool>("--apply") { Description = "Do it" };
        var takeBack = new Command(
            "take-back", "Unsubscribe whom an import made readers and who have done nothing since; a dry run unless --apply is said")
        {
            import, apply,
        };
        return host.WithDatabase(takeBack, (services, parsed, stop) => ImportTakeBackAdministration.RunAsync(
            services, parsed.GetValue(import), parsed.GetValue(apply), parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Export(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet" };
        var export = new Command("export", "Write all subscribers to a table (CSV)") { file };
        return host.WithDatabase(export, (services, parsed, stop) =>
            NewsletterAdministration.ExportAsync(services, parsed.GetValue(file)!, parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Send(CommandHost host)
    {
        var issue = Issue();
        var send = new Command("send", "Have an issue sent to everybody who has confirmed, now") { issue };
        return host.WithDatabase(send, (services, parsed, stop) =>
            NewsletterAdministration.SendAsync(services, parsed.GetValue(issue)!, parsed.InvocationConfiguration.Output, stop));
    }

    private static Command Status(CommandHost host)
    {
        var issue = Issue();
        var json = CommandOutput.JsonOption();
        var status = new Command("status", "Print how far an issue is") { issue, json };
        return host.WithDatabase(status, (services, parsed, stop) =>
            NewsletterAdministration.StatusAsync(
                services, parsed.GetValue(issue)!, parsed.GetValue(json), parsed.InvocationConfiguration.Output, stop));
    }

    private static Argument<string> Issue() => new("ISSUE") { Description = "The name of its file in content/newsletters, without .md" };
}
