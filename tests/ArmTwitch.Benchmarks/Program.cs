using System.CommandLine;
using ArmTwitch.Benchmarks.Comments;
using ArmTwitch.Benchmarks.Growth;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Replicas;
using ArmTwitch.Benchmarks.Runs;

const int CouldNotMeasure = 2, Stopped = 130;

var rounds = Number("--rounds", "How often each server is measured", usual: 5, most: 50);
var seconds = Number("--seconds", "How long each measurement takes", usual: 5, most: 60);
var pages = new Command("pages", "Requests a second and CPU time a request, beside nginx with the same bytes") { rounds, seconds };
pages.SetAction((asked, cancellationToken) => PagesBenchmark.RunAsync(asked.GetValue(rounds), asked.GetValue(seconds), cancellationToken));

var runs = Number("--runs", "How often the program is started", usual: 10, most: 100);
var start = new Command("start", "The time from the start of the program to its first page") { runs };
start.SetAction((asked, cancellationToken) => StartBenchmark.RunAsync(asked.GetValue(runs), cancellationToken));

var articles = Number("--articles", "How many articles are made up", usual: 10_000, most: 100_000);
var load = new Command("load", "Start, memory and the time a change takes with many articles") { articles };
load.SetAction((asked, cancellationToken) => ContentLoadBenchmark.RunAsync(asked.GetValue(articles), cancellationToken));

var crashes = Number("--rounds", "How often the program is killed", usual: 20, most: 1000);
var posters = Number("--posters", "How many write at the same time", usual: 8, most: 64);
var crash = new Command("comments-crash", "Kills the program while comments arrive: what it answered has to be there afterwards, once")
{
    crashes,
    posters
};
crash.SetAction(
    (asked, cancellationToken) => CommentCrashBenchmark.RunAsync(asked.GetValue(crashes), asked.GetValue(posters), cancellationToken));

var posts = new Command("posts", "Comments a second from 32 clients, beside one thread that writes to the same disk") { rounds, seconds };
posts.SetAction((asked, cancellationToken) => PostsBenchmark.RunAsync(asked.GetValue(rounds), asked.GetValue(seconds), cancellationToken));

var check = new Command("check", "The time that content check takes, on our own articles and on many") { articles };
check.SetAction((asked, cancellationToken) => ContentCheckBenchmark.RunAsync(asked.GetValue(articles), cancellationToken));

var recipients = Number("--recipients", "How many get the newsletter", usual: 100_000, most: 1_000_000);
var mailRounds = Number("--rounds", "How often it is sent", usual: 1, most: 50);
var mail = new Command("mail", "Mails a second of the outbox, beside MailKit alone, and the memory that takes") { recipients, mailRounds };
mail.SetAction(
    (asked, cancellationToken) => MailBenchmark.RunAsync(asked.GetValue(recipients), asked.GetValue(mailRounds), cancellationToken));

var mailing = new Argument<Guid>("mailing");
var mailKit = new Command(MailKitBaseline.Name, "What mail starts beside the outbox") { mailing };
mailKit.Hidden = true;
mailKit.SetAction((asked, cancellationToken) => MailKitBaseline.RunAsync(asked.GetValue(mailing), cancellationToken));

var crashed = Number("--recipients", "How many get the newsletter", usual: 10_000, most: 1_000_000);
var kills = Number("--kills", "How often the site is killed while it sends", usual: 20, most: 1000);
var seed = Number("--seed", "What everything random is drawn from", usual: 1, most: int.MaxValue);
var mailCrash =
    new Command("mail-crash", "Whether a site that is killed while it sends doubles mails or loses them") { crashed, kills, seed };
mailCrash.SetAction((asked, cancellationToken) =>
    MailCrashBenchmark.RunAsync(asked.GetValue(crashed), asked.GetValue(kills), asked.GetValue(seed), cancellationToken));

var search = new Command("search", "How long a kept page takes while ten clients search without end") { seconds };
search.SetAction((asked, cancellationToken) => SearchBenchmark.RunAsync(asked.GetValue(seconds), cancellationToken));

var mailed = Number("--recipients", "How many get the newsletter", usual: 3000, most: 1_000_000);
var restarts = Number("--restarts", "How often the mail server is restarted while the site sends", usual: 20, most: 1000);
var mailOutage = new Command("mail-outage", "Whether the mail goes on by itself, and rests meanwhile, when the mail server restarts")
{
    mailed,
    restarts,
    seed
};
mailOutage.SetAction((asked, cancellationToken) =>
    MailOutageBenchmark.RunAsync(asked.GetValue(mailed), asked.GetValue(restarts), asked.GetValue(seed), cancellationToken));

var capacity =
    new Command("capacity", "Plays through the queues of docs/scaling.md and compares them with its formulas; measures nothing") { seed };
capacity.SetAction(asked => CapacityBenchmark.Run(asked.GetValue(seed)));

var calm = Number("--calm", "How many seconds nothing happens, while freshness is measured", usual: 20, most: 3600);
var databaseCrashes = Number("--crashes", "How often PostgreSQL crashes", usual: 3, most: 100);
var readersOfMail = Number("--recipients", "How many get the newsletter meanwhile", usual: 1500, most: 100_000);
var replicas = new Command("replicas", "Whether two replicas lose, double or show late anything while each part is restarted in turn")
{
    calm,
    databaseCrashes,
    readersOfMail
};
replicas.SetAction((asked, cancellationToken) => ReplicasBenchmark.RunAsync(
    asked.GetValue(calm), asked.GetValue(databaseCrashes), asked.GetValue(readersOfMail), cancellationToken));

var largest = Number("--articles", "The largest number of articles", usual: 10_000, most: 100_000);
var comments = Number("--comments", "The largest number of comments", usual: 1_000_000, most: 10_000_000);
var onPostgres = new Option<bool>("--postgres") { Description = "Comments on a PostgreSQL of its own, in place of SQLite" };
var only = new Option<string>("--only") { Description = "What alone is measured: articles or comments" };
only.AcceptOnlyFromAmong("articles", "comments");
var growth = new Command("growth", "How start, search, memory and comments grow with the site, each with its exponent")
{
    largest,
    comments,
    onPostgres,
    only
};
growth.SetAction((asked, cancellationToken) => GrowthBenchmark.RunAsync(
    asked.GetValue(only) is "comments" ? null : asked.GetValue(largest),
    asked.GetValue(only) is "articles" ? null : asked.GetValue(comments), asked.GetValue(onPostgres), cancellationToken));

var changes =
    new Command("changes", "How long readers wait while each second an article is edited and a comment is approved") { rounds, seconds };
changes.SetAction((asked, cancellationToken) =>
    ChangesBenchmark.RunAsync(asked.GetValue(rounds), asked.GetValue(seconds), cancellationToken));

var root = new RootCommand(
    "Measures the published site on this machine. Exit code: 0 the targets hold, 1 one falls short, 2 nothing was measured.")
{
    pages,
    start,
    load,
    posts,
    crash,
    mail,
    mailKit,
    mailCrash,
    mailOutage,
    check,
    search,
    capacity,
    growth,
    changes,
    replicas
};
var command = root.Parse(args);
try
{
    // After Ctrl+C the programs that were started have to be stopped and the folders removed, which may take a while.
    var exit = await command.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    return command.Errors.Count > 0 ? CouldNotMeasure : exit;
}
catch (BenchmarkException failed)
{
    Console.Error.WriteLine(failed.Message);
    return CouldNotMeasure;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return Stopped;
}

static Option<int> Number(string name, string description, int usual, int most)
{
    var option = new Option<int>(name) { Description = $"{description}, 1 to {most}", DefaultValueFactory = _ => usual };
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
            result.AddError($"{name} is {given}; it must be 1 to {most}.");
    });
    return option;
}
