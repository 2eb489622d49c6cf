using ArmTwitch.Mail.Transports;
using MimeKit;

namespace ArmTwitch.Moderation.PickupMail;

/// <summary>The mails that became files because there is no mail server, for trying the site out.</summary>
public sealed class PickupMailReader(PickupTransport pickup)
{
    private const int MostListed = 200;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PickupMailFile> List() =>
        Directory.Exists(pickup.Folder)
            ? [.. Directory.EnumerateFiles(pickup.Folder, "*.eml").OrderDescending(StringComparer.Ordinal)
                .Take(MostListed).Select(Read).OfType<PickupMailFile>()]
            : [];

    /// <returns>Null when there is no such mail.</returns>
    public PickupMailFile? Find(string name) => Path.GetFileName(name) == name && File.Exists(PathOf(name)) ? Read(PathOf(name)) : null;

    private static PickupMailFile? Read(string file)
    {
        try
        {
            using var mail = MimeMessage.Load(file);
            return new PickupMailFile(
                Path.GetFileNameWithoutExtension(file), mail.To.ToString(), mail.Subject ?? "", mail.Date,
                [.. mail.Headers.Select(header => (header.Field, header.Value))], mail.TextBody ?? "", mail.HtmlBody ?? "");
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(pickup.Folder, $"{name}.eml");
}

/// <param name="Name">Of the file, without its ending.</param>
public sealed record PickupMailFile(
    string Name, string To, string Subject, DateTimeOffset Date, IReadOnlyList<(string Name, string Value)> Headers, string Text,
    string Html);
