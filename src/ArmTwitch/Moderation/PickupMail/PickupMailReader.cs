using ArmTwitch.Mail.Transports;
using MimeKit;

namespace ArmTwitch.Moderation.PickupMail;

/// <summary>Reads the mails that were written to files because there is no mail server.</summary>
public sealed class PickupMailReader(PickupTransport pickup)
{
    private const int MaxListed = 200;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PickupMailFile> List() =>
        Directory.Exists(pickup.Folder)
            ? [.. Directory.EnumerateFiles(pickup.Folder, "*.eml").OrderDescending(StringComparer.Ordinal)
                .Take(MaxListed).Select(Read).OfType<PickupMailFile>()]
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

/// <param name="Name">The name of the file, without the extension.</param>
public sealed record PickupMailFile(
    string Name, string To, string Subject, DateTimeOffset Date, IReadOnlyList<(string Name, string Value)> Headers, string Text,
    string Html);
