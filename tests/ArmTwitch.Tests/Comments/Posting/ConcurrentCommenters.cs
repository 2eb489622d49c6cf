using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>
/// Readers who send comments, each another one, as fast as they are answered, and remember what they were answered. When the site is
/// gone they stop; when it is back they first send again what got no answer, and once more the last one that did.
/// </summary>
internal sealed class ConcurrentCommenters(HttpClient client, string article, int count)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Commenter[] posters = [.. Enumerable.Range(1, count).Select(number => new Commenter(number))];
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> pages = new(StringComparer.Ordinal);

    private TaskCompletionSource answering = new();

    /// <summary>Ends with the first answer since <see cref="SendAsync(Uri, CancellationToken)"/> was called.</summary>
    public Task FirstAnswer => answering.Task;

    /// <summary>Each text that was answered with 303, and the addresses of the writer's pages that were told.</summary>
    public IReadOnlyDictionary<string, ConcurrentBag<string>> Answered => pages;

    /// <summary>How many posts got no answer.</summary>
    public int Unanswered => posters.Sum(poster => poster.Unanswered.Count);

    /// <summary>The texts that got no answer the first time, with the time of the last try that got none.</summary>
    public IEnumerable<(string Text, DateTimeOffset At)> LeftAlone => posters.SelectMany(poster => poster.Unanswered);

    /// <summary>Sends until the site is gone.</summary>
    public Task SendAsync(Uri site, CancellationToken cancellationToken)
    {
        answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAll(posters.Select(poster => SendAsync(poster, site, isLast: false, cancellationToken)));
    }

    /// <summary>Sends again what got no answer, and nothing new.</summary>
    public Task SettleAsync(Uri site, CancellationToken cancellationToken) =>
        Task.WhenAll(posters.Select(poster => SendAsync(poster, site, isLast: true, cancellationToken)));

    /// <summary>Compares what was answered with what is on disk.</summary>
    public (IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled) Compare(IEnumerable<string> onDisk)
    {
        var copies = onDisk.CountBy(text => text).ToDictionary(StringComparer.Ordinal);
        return (
            [.. pages.Keys.Where(text => !copies.ContainsKey(text))], [.. copies.Where(text => text.Value > 1).Select(text => text.Key)]);
    }

    private async Task SendAsync(Commenter poster, Uri site, bool isLast, CancellationToken cancellationToken)
    {
        string?[] again = [poster.Pending, poster.Last];
        try
        {
            foreach (var text in again.OfType<string>())
                await PostAsync(poster, text, site, cancellationToken);
            while (!isLast)
                await PostAsync(poster, poster.Next(), site, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // The site is gone.
        }
    }

    private async Task PostAsync(Commenter poster, string text, Uri site, CancellationToken cancellationToken)
    {
        poster.Pending = text;
        while (true)
        {
            try
            {
                using var form = new FormUrlEncodedContent(
                    [KeyValuePair.Create("name", "Ada"), KeyValuePair.Create("email", poster.Email), KeyValuePair.Create("body", text)]);
                using var answer = await client.PostAsync(new Uri(site, $"{article}/comments"), form, cancellationToken);
                if (answer.StatusCode is HttpStatusCode.SeeOther)
                {
                    pages.GetOrAdd(text, _ => []).Add(answer.Headers.Location!.ToString());
                    (poster.Pending, poster.Last) = (null, text);
                    answering.TrySetResult();
                    return;
                }

                if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
                    throw new InvalidOperationException(
                        $"A post was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
            catch (HttpRequestException)
            {
                if (!pages.ContainsKey(text))
                    poster.Unanswered.Add((text, TimeProvider.System.GetUtcNow()));
                throw;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private sealed class Commenter(int number)
    {
        private int sent;

        /// <summary>By which a second copy is known as the same person's; without it each is a comment of its own.</summary>
        public string Email => $"writer-{number}@example.org";

        public List<(string Text, DateTimeOffset At)> Unanswered { get; } = [];

        /// <summary>What was sent and not answered.</summary>
        public string? Pending { get; set; }

        /// <summary>What was answered last.</summary>
        public string? Last { get; set; }

        public string Next() => string.Create(
            CultureInfo.InvariantCulture,
            $"My arm twitched again, says writer {number} for the {++sent}. time. It began after a week of little sleep.");
    }
}
