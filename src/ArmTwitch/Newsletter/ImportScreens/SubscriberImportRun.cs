using ArmTwitch.Moderators;
using ArmTwitch.Newsletter.ImportExport;

namespace ArmTwitch.Newsletter.ImportScreens;

/// <summary>One import that an editor began.</summary>
/// <param name="name">What the file is called.</param>
/// <param name="hash">SHA-256 of the file.</param>
/// <param name="screen">Is told how far it is.</param>
/// <param name="changed">Called when it has moved on.</param>
public sealed class SubscriberImportRun(
    string name, string hash, CurrentModerator by, DateTimeOffset startedAt, IProgress<SubscriberImportProgress> screen, Action changed)
    : IProgress<SubscriberImportProgress>
{
    public string Name => name;

    public string Hash => hash;

    public CurrentModerator By => by;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    public SubscriberImportProgress Progress { get; private set; }

    /// <summary>What it did; null while it runs, and when it broke off.</summary>
    public SubscriberImportReport? Report { get; internal set; }

    /// <summary>That it broke off, and what to do; null when it did not.</summary>
    public string? Trouble { get; internal set; }

    internal ITimer? Expiry { get; set; }

    void IProgress<SubscriberImportProgress>.Report(SubscriberImportProgress now)
    {
        Progress = now;
        screen.Report(now);
        changed();
    }
}
