using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

public static class MailFeature
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSettings<MailOptions>("Mail")
            .Validate<IHostEnvironment>(
                (mail, environment) => mail.Host.Length > 0 || mail.Pickup || environment.IsDevelopment(),
                "Mail:Host is \"\"; outside Development it must be the mail server, such as smtp.example.org, or Mail:Pickup must be true to keep mails as files")
            .Validate<IHostEnvironment>(
                (mail, environment) => mail.Host.Length is 0 || mail.From.Length > 0 || environment.IsDevelopment(),
                "Mail:From is \"\"; with Mail:Host it must be whom mails come from, such as ArmTwitch <hello@armtwitch.example>")
            .Validate(mail => mail.User.Length is 0 || mail.Password.Length > 0, "Mail:Password is \"\"; with Mail:User it must not be empty")
            .Validate(
                mail => mail.User.Length is 0 || mail.IsOnThisMachine || mail.SecurityInUse is not MailSecurity.None,
                "Mail:Security is \"None\"; with Mail:User it must be StartTls or Tls, or everybody on the way reads the password");
        services.AddSettings<DkimOptions>("Mail:Dkim")
            .Validate(dkim => dkim.IsWholeOrNothing, "Mail:Dkim:Domain, Mail:Dkim:Selector and Mail:Dkim:KeyFile must be set together, or none of them")
            .Validate(
                dkim => !dkim.IsWanted || dkim.HasKey,
                "Mail:Dkim:KeyFile must be a file with a private RSA key in PEM of at least 1024 bits, such as 'openssl genrsa -out dkim.pem 2048' makes");
        services.AddSingleton<MailSignature>().AddSingleton<Suppressions>().AddSingleton<Mailings>().AddSingleton<MailMessages>().AddSingleton<Outbox>().AddSingleton<MailRoute>().AddSingleton<MailSender>()
            .AddSingleton<IRestoredPart, RestoredMails>().AddSingleton<IRetention, MailRetention>().AddSingleton<IPersonData, MailPersonData>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length > 0
            ? ActivatorUtilities.CreateInstance<SmtpTransport>(provider)
            : ActivatorUtilities.CreateInstance<PickupTransport>(provider));
        services.AddSingleton<OutboxWatch>().AddHostedService<MailWorker>().AddHostedService<OutboxRounds>();
        services.AddHealthChecks().AddCheck<MailHealth>("mail").AddCheck<OutboxHealthCheck>("outbox");
        return services;
    }
}
