using System.Text.Json;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Pages;
using Microsoft.Extensions.Options;
using static ArmTwitch.ExitCode;

namespace ArmTwitch.Mail;

/// <summary>The bodies of the commands <c>mail …</c>. Each returns the exit code.</summary>
public static class OutboxAdministration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The states as the commands spell them, such as <c>in-doubt</c>.</summary>
    public static IReadOnlyList<string> States { get; } = [.. KebabCase.All<MailState>()];

    /// <summary><c>mail list [--state S] [--json]</c></summary>
    public static async Task<int> ListAsync(
        IServiceProvider services, string? state, bool json, TextWriter output, CancellationToken cancellationToken = default)
    {
        MailState? wanted = null;
        if (state is not null && (wanted = KebabCase.Find<MailState>(state)) is null)
            return await WriteLineAsync(
                output, WrongUsage, SettingsValidation.Fault("--state", state, $"be one of {string.Join(", ", States)}"));

        var mails = await services.GetRequiredService<Outbox>().ListAsync(wanted, cancellationToken);
        if (json)
        {
            var rows = mails.Select(mail => new
            {
                mail.Id,
                State = KebabCase.Of(mail.State),
                mail.Cause,
                mail.To,
                mail.Priority,
                mail.Attempts,
                mail.QueuedAt,
                mail.DueAt,
                mail.SentAt,
                mail.Answer
            });
            return await WriteLineAsync(output, Done, JsonSerializer.Serialize(rows, Json));
        }

        foreach (var mail in mails)
            await output.WriteLineAsync($"{mail.Id}  {KebabCase.Of(mail.State),-10}  {mail.QueuedAt:yyyy-MM-dd HH:mm}  {mail.Cause}  to "
                + $"{mail.To}, {Tries(mail.Attempts)}{(mail.Answer is null ? "" : $": {mail.Answer.ReplaceLineEndings(" ")}")}");
        return await WriteLineAsync(output, Done, $"{Plural.Of(mails.Count, "mail")}.");
    }

    /// <summary><c>mail resolve ID --as sent|queued</c></summary>
    public static async Task<int> ResolveAsync(
        IServiceProvider services, string id, string outcome, TextWriter output, CancellationToken cancellationToken = default)
    {
        if (!Guid.TryParse(id, out var mail))
            return await WriteLineAsync(output, WrongUsage, SettingsValidation.Fault("ID", id, "be an id that 'mail list' shows"));
        if (KebabCase.Find<MailState>(outcome) is not { } state || state is not (MailState.Sent or MailState.Queued))
            return await WriteLineAsync(output, WrongUsage, SettingsValidation.Fault("--as", outcome, "be sent or queued"));
        return await services.GetRequiredService<Outbox>().ResolveAsync(mail, state, cancellationToken)
            ? await WriteLineAsync(output, Done, $"Mail {mail} is {KebabCase.Of(state)}.")
            : await WriteLineAsync(
                output, FoundFaults,
                $"There is no mail {mail} that is unknown{(state is MailState.Queued ? " or refused" : "")}; nothing is changed.");
    }

    /// <summary><c>mail pause</c></summary>
    public static async Task<int> PauseAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken = default)
    {
        var paused = await services.GetRequiredService<MailingService>().PauseAllAsync(
            "Paused by command, for instance because a backup was restored: look at what the mail server has sent since.",
            cancellationToken);
        return await WriteLineAsync(output, Done, paused is 1 ? "1 mailing is paused." : $"{paused} mailings are paused.");
    }

    /// <summary><c>mail test ADDRESS</c>: sends one mail without the outbox, and prints the conversation with the mail server.</summary>
    public static async Task<int> TestAsync(
        IServiceProvider services, string address, TextWriter output, CancellationToken cancellationToken = default)
    {
        if (!EmailAddress.CanReceive(address))
            return await WriteLineAsync(
                output, WrongUsage, SettingsValidation.Fault("ADDRESS", address, "be one address, such as you@example.org"));
        var (mail, site, transport) = (
            services.GetRequiredService<IOptions<MailOptions>>().Value, services.GetRequiredService<Site>(),
            services.GetRequiredService<IMailTransport>());
        var text = new TransactionalMessage($"A test from {site.Name}", "Mail from this site arrives.")
            .Paragraph($"Somebody who runs {site.Name} has sent this mail to see whether it arrives. It has. There is nothing to do.");
        using var message = services.GetRequiredService<MimeMessageFactory>()
            .Create(services.GetRequiredService<Outbox>().CreateRow(text.ToDraft("mail test", address, site)));
        services.GetRequiredService<DkimMailSigner>().Sign(message);
        using var conversation = new SmtpProtocolPrinter(output);
        if (mail.Host.Length > 0)
            await output.WriteLineAsync($"Mail server {mail.Server}, Mail:Security {mail.SecurityInUse}, "
                + $"{(mail.User.Length > 0 ? $"login as {mail.User}" : "no login")}");
        try
        {
            SendResult answer;
            await using (var connection = await (transport is SmtpTransport smtp
                ? smtp.ConnectAsync(conversation, cancellationToken)
                : transport.ConnectAsync(cancellationToken)))
                answer = await connection.SendAsync(message, cancellationToken);
            if (answer.Verdict is not SendVerdict.Accepted)
                return await WriteLineAsync(output, FoundFaults, answer.RouteFault ?? $"The mail was not taken: {answer.ServerText}");
            return await WriteLineAsync(output, Done, transport is PickupTransport pickup
                ? $"Mail:Host is empty, so the mail is a file: {Path.Combine(pickup.Folder, answer.ServerText)}"
                : $"The mail server has taken the mail. Should it not arrive at {address}, look into the spam folder there, and for a "
                    + $"report at {mail.Sender(message.From.Mailboxes.First()).Address}.");
        }
        catch (MailServerUnavailableException unavailable)
        {
            return await WriteLineAsync(output, FoundFaults, unavailable.Message);
        }
    }

    private static string Tries(int attempts) => attempts is 1 ? "1 try" : $"{attempts} tries";

    private static async Task<int> WriteLineAsync(TextWriter output, int exit, string words)
    {
        await output.WriteLineAsync(words);
        return exit;
    }
}
