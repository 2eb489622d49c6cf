using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Data.Telemetry;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Retention;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

public static class MailFeature
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSettings<MailOptions>("Mail")
            .Validate<IHostEnvironment>(
                (mail, environment) => mail.Host.Length > 0 || mail.Pickup || environment.IsDevelopment(),
                "Mail:Host is \"\"; outside Development it must be the mail server, such as smtp.example.org, or Mail:Pickup must be "
                    + "true to keep mails as files")
            .Validate<IHostEnvironment>(
                (mail, environment) => mail.Host.Length is 0 || mail.From.Length > 0 || environment.IsDevelopment(),
                "Mail:From is \"\"; with Mail:Host it must be whom mails come from, such as ArmTwitch <hello@armtwitch.example>")
            .Validate(
                mail => mail.User.Length is 0 || mail.Password.Length > 0, "Mail:Password is \"\"; with Mail:User it must not be empty")
            .Validate(
                mail => mail.User.Length is 0 || mail.IsOnThisMachine || mail.SecurityInUse is not MailSecurity.None,
                "Mail:Security is \"None\"; with Mail:User it must be StartTls or Tls, or everybody on the way reads the password");
        services.AddSettings<DkimOptions>("Mail:Dkim")
            .Validate(
                dkim => dkim.IsWholeOrNothing,
                "Mail:Dkim:Domain, Mail:Dkim:Selector and Mail:Dkim:KeyFile must be set together, or none of them");
        services.AddSingleton<IValidateOptions<DkimOptions>, DkimKeyValidator>();
        services.AddSingleton<DkimMailSigner>().AddSingleton<SuppressionList>().AddSingleton<MailingService>()
            .AddSingleton<MimeMessageFactory>().AddSingleton<Outbox>().AddSingleton<UnknownMailService>().AddSingleton<OutboxRecovery>().AddSingleton<MailClaimer>()
            .AddSingleton<MailResultRecorder>().AddSingleton<MailCircuitBreaker>().AddSingleton<MailSender>()
            .AddSingleton<IRestoreReconciler, MailRestoreReconciler>()
            .AddSingleton<IRetentionRules, MailRetentionRules>().AddSingleton<IPersonDataEraser, MailPersonDataEraser>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length > 0
            ? ActivatorUtilities.CreateInstance<SmtpTransport>(provider)
            : ActivatorUtilities.CreateInstance<PickupTransport>(provider));
        services.AddSingleton<OutboxMonitor>().AddHostedService<MailWorker>().AddHostedService<OutboxMonitorService>()
            .AddSingleton<MailResultLog>().AddHostedService(provider => provider.GetRequiredService<MailResultLog>())
            .AddSingleton<IDatabaseGauges, OutboxGauges>();
        services.AddHealthChecks().AddCheck<MailServerHealthCheck>("mail").AddCheck<OutboxHealthCheck>("outbox");
        return services;
    }
}
