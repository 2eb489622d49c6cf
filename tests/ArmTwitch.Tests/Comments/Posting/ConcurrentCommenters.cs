using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>
/// Readers who send comments, each with another text, as fast as they get answers, and remember the answers. When the site is gone they
/// stop. When it is back they first send again what got no answer, and the last one that did.
/// </summary>
internal sealed class ConcurrentCommenters(HttpClient client, string article, int count)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Commenter[] commenters = [.. Enumerable.Range(1, count).Select(number => new Commenter(number))];
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> pages = new(StringComparer.Ordinal);

    private TaskCompletionSource answering = new();

    /// <summary>Completes with the first answer since <see cref="SendAsync(Uri, CancellationToken)"/> was called.</summary>
    public Task FirstAnswer => answering.Task;

    /// <summary>Each text that was answered with 303, with the addresses of author's pages in the answers.</summary>
    public IReadOnlyDictionary<string, ConcurrentBag<string>> Answered => pages;

    /// <summary>How many posts got no answer.</summary>
    public int Unanswered => commenters.Sum(commenter => commenter.Unanswered.Count);

    /// <summary>The texts that got no answer the first time, with the time of the last try that got none.</summary>
    public IEnumerable<(string Text, DateTimeOffset At)> LeftAlone => commenters.SelectMany(commenter => commenter.Unanswered);

    /// <summary>Sends until the site is gone.</summary>
    public Task SendAsync(Uri site, CancellationToken cancellationToken)
    {
        answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAll(commenters.Select(commenter => SendAsync(commenter, site, isLast: false, cancellationToken)));
    }

    /// <summary>Sends again what got no answer, and nothing new.</summary>
    public Task SettleAsync(Uri site, CancellationToken cancellationToken) =>
        Task.WhenAll(commenters.Select(commenter => SendAsync(commenter, site, isLast: true, cancellationToken)));

    /// <summary>Compares what was answered with what is on disk.</summary>
    public (IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled) Compare(IEnumerable<string> onDisk)
    {
        var copies = onDisk.CountBy(text => text).ToDictionary(StringComparer.Ordinal);
        return (
            [.. pages.Keys.Where(text => !copies.ContainsKey(text))], [.. copies.Where(text => text.Value > 1).Select(text => text.Key)]);
    }

    private async Task SendAsync(Commenter commenter, Uri site, bool isLast, CancellationToken cancellationToken)
    {
        string?[] again = [commenter.Pending, commenter.Last];
        try
        {
            foreach (var text in again.OfType<string>())
                await PostAsync(commenter, text, site, cancellationToken);
            while (!isLast)
                await PostAsync(commenter, commenter.Next(), site, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // The site is gone.
        }
    }

    private async Task PostAsync(Commenter commenter, string text, Uri site, CancellationToken cancellationToken)
    {
        commenter.Pending = text;
        while (true)
        {
            try
            {
                using var form = new FormUrlEncodedContent(
                    [KeyValuePair.Create("name", "Ada"), KeyValuePair.Create("email", commenter.Email), KeyValuePair.Create("body", text)]);
                using var answer = await client.PostAsync(new Uri(site, $"{article}/comments"), form, cancellationToken);
                if (answer.StatusCode is HttpStatusCode.SeeOther)
                {
                    pages.GetOrAdd(text, _ => []).Add(answer.Headers.Location!.ToString());
                    (commenter.Pending, commenter.Last) = (null, text);
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
                    commenter.Unanswered.Add((text, TimeProvider.System.GetUtcNow()));
                throw;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private sealed class Commenter(int number)
    {
        private int sent;

        /// <summary>With an address a comment that is sent again is recognised; without one it is stored twice.</summary>
        public string Email => $"author-{number}@example.org";

        public List<(string Text, DateTimeOffset At)> Unanswered { get; } = [];

        /// <summary>What was sent and not answered.</summary>
        public string? Pending { get; set; }

        /// <summary>What was answered last.</summary>
        public string? Last { get; set; }

        public string Next() => string.Create(
            CultureInfo.InvariantCulture,
            $"My arm twitched again, says author {number} for the {++sent}. time. It began after a week of little sleep.");
    }
}
