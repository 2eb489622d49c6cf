using System.Globalization;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Editing.Reports;
using ArmTwitch.Moderators.LocalTimes;

namespace ArmTwitch.Editing.Screens;

/// <summary>The words for the states and days of articles.</summary>
internal static class ArticleLabels
{
    public static string State(PublicationState state) => KebabCase.Of(state).Replace('-', ' ');

    /// <summary>The class of the badge; null for a plain one.</summary>
    public static string? StateClass(PublicationState state) => state switch
    {
        PublicationState.HeldBack => "bad",
        PublicationState.Draft or PublicationState.Scheduled => "info",
        _ => null,
    };

    /// <summary>What readers see, and what would change it, in a sentence or two.</summary>
    public static string Sentence(ArticleReport article, LocalClock zone)
    {
        var file = article.File;
        var seen = file.Shown is null ? "Readers see nothing of it yet." : "Readers still see the version before.";
        return file.State switch
        {
            PublicationState.Published => "Readers see this version.",
            PublicationState.Withdrawn => "It was taken back. Its address says so.",
            PublicationState.Draft => $"{seen} It is a draft until “draft: true” is taken out of its first lines.",
            PublicationState.Scheduled =>
                $"{seen} It appears by itself on {Midnight(file.PublishedOn, zone)}.",
            PublicationState.HeldBack when file.PublishedOn > article.Today =>
                $"{seen} It appears on {Midnight(file.PublishedOn, zone)}, once {Errors(article)} mended.",
            PublicationState.HeldBack =>
                $"{seen} It appears by itself as soon as {Errors(article)} mended.",
            _ => throw new ArgumentOutOfRangeException(nameof(article), file.State, "There is no such state."),
        };
    }

    /// <summary>When a day of an article begins: always by its date in UTC, and with the time that whoever looks has then.</summary>
    private static string Midnight(DateOnly day, LocalClock zone) => zone.IsUtc
        ? $"{Day(day)}, at midnight UTC"
        : $"{Day(day)}, at midnight UTC (for you {zone.SayLocal(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero))})";

    private static string Errors(ArticleReport article) => article.Errors is 1 ? "the error below is" : "the errors below are";

    /// <summary>"2 errors, 1 remark"; "nothing" when nothing was found.</summary>
    public static string Found(ArticleReport article) => (article.Errors, article.Warnings) switch
    {
        (0, 0) => "nothing",
        (0, var remarks) => Plural.Of(remarks, "remark"),
        (var errors, 0) => Plural.Of(errors, "error"),
        (var errors, var remarks) => $"{Plural.Of(errors, "error")}, {Plural.Of(remarks, "remark")}",
    };

    public static string Grade(double? grade) => grade?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>For the attribute of a <c>time</c>.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
