using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using MimeKit;

namespace ArmTwitch.Mail.Transports;

/// <summary>Writes every mail as a file to <c>data/mail</c>, for a person or another program.</summary>
public sealed class PickupTransport(DataFolder data) : IMailTransport
{
    public string Folder => FolderIn(data);

    internal static string FolderIn(DataFolder data) => Path.Combine(data.FullPath, "mail");

    public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            OwnerOnlyFiles.MakeFolder(Folder);
            return Task.FromResult<IMailConnection>(new PickupConnection(Folder));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new MailServerUnavailableException($"The folder for mails, {Folder}, cannot be made ({failed.GetType().Name}).", failed);
        }
    }

    private sealed class PickupConnection(string folder) : IMailConnection
    {
        public bool IsOpen => true;

        /// <summary>A watcher of the folder sees a whole file or none. A second try replaces the file of the first.</summary>
        public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            var name = $"{message.Date:yyyyMMdd-HHmmss}-{message.MessageId?.Split('@')[0]}";
            var whole = Path.Combine(folder, $"{name}.eml");
            var part = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.part");
            try
            {
                await using (var file = new FileStream(part, OwnerOnlyFiles.Options(FileMode.CreateNew, FileAccess.Write)))
                {
                    await message.WriteToAsync(file, cancellationToken);
                    await file.FlushAsync(cancellationToken);
                    file.Flush(flushToDisk: true);
                }

                File.Move(part, whole, overwrite: true);
                DirectoryFlush.Fsync(folder);
                return new(SendVerdict.Accepted, Path.GetFileName(whole));
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                File.Delete(part);
                return new(
                    SendVerdict.RouteClosed, $"The file cannot be written ({failed.GetType().Name}).",
                    RouteFault: $"The folder for mails, {folder}, cannot be written ({failed.GetType().Name}).");
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
