using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Pages;

/// <summary>Follows every link and fragment of the site, as a reader could.</summary>
public sealed class CrawlTests
{
    private const string Origin = "https://armtwitch.test";

    [Fact]
    public async Task Every_internal_link_and_fragment_leads_somewhere()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        var parser = new HtmlParser();
        var pages = new Dictionary<string, IDocument?>(StringComparer.Ordinal);
        var links = new List<(string From, string To)>();
        var waiting = new Queue<string>(["/"]);

        while (waiting.TryDequeue(out var address))
        {
            if (pages.ContainsKey(address))
                continue;
            using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{address} answers {(int)answer.StatusCode}; linked from {string.Join(", ", links.Where(link => link.To.Split('#')[0] == address).Select(link => link.From))}");
            pages[address] = null;
            if (answer.Content.Headers.ContentType?.MediaType is not "text/html")
                continue;

            var page = parser.ParseDocument(await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken));
            pages[address] = page;
            foreach (var link in page.QuerySelectorAll(
                "[href], [src], form:not([method])[action], meta[content^='https://armtwitch.test/']"))
            {
                var target =
                    (link.GetAttribute("href") ?? link.GetAttribute("src") ?? link.GetAttribute("action") ?? link.GetAttribute("content"))!;
                if (target.StartsWith(Origin, StringComparison.Ordinal))
                    target = target[Origin.Length..];
                if (target.StartsWith("https://", StringComparison.Ordinal))
                {
                    Assert.NotNull(link.Closest("#references ~ .references, .references"));
                    Assert.Equal("noopener noreferrer", link.GetAttribute("rel"));
                    continue;
                }

                if (target.StartsWith("tel:", StringComparison.Ordinal))
                    continue;
                Assert.True(target is ['/', ..] or ['#', ..], $"{address} links to {target}");
                var whole = target[0] is '#' ? address + target : target;
                links.Add((address, whole));
                waiting.Enqueue(whole.Split('#')[0]);
            }
        }

        foreach (var (from, to) in links.Where(link => link.To.Contains('#', StringComparison.Ordinal)))
        {
            var (address, fragment) = (to.Split('#')[0], to.Split('#')[1]);
            Assert.True(pages[address]?.GetElementById(fragment) is not null, $"{from} links to {to}, which has no such place");
        }

        foreach (var (address, page) in pages.Where(pair => pair.Value is not null))
        {
            var twice = page!.QuerySelectorAll("[id]").GroupBy(element => element.Id)
                .Where(group => group.Count() > 1).Select(group => group.Key);
            Assert.True(!twice.Any(), $"{address} has an id twice: {string.Join(", ", twice)}");
            Assert.Single(page.QuerySelectorAll("h1"));
        }

        Assert.True(pages.Count > 30, $"Only {pages.Count} pages were found");
    }
}
