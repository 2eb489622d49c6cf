using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Comments.Posting;

public abstract class CommentPostingTests(DatabaseKind database) : IDisposable
{
    private readonly CommentTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_comment_waits_for_a_person_and_its_writer_can_follow_it()
    {
        using var answer = await site.WriteAsync("My biceps jumps after coffee.", email: "ada@example.org");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Matches("^/comments/[A-Za-z0-9_-]{43}$", answer.Headers.Location!.ToString());
        var page = await site.SeeAsync(answer.Headers.Location.ToString());
        Assert.Contains("awaiting moderation", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("My biceps jumps after coffee.", page.Body.TextContent, StringComparison.Ordinal);
        var article = await site.SeeAsync(CommentTestSite.Article);
        Assert.DoesNotContain("My biceps jumps", article.Body!.TextContent, StringComparison.Ordinal);
        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal((CommentStatus.Pending, "Ada", "ada@example.org"), (comment.Status, comment.Author, comment.Email));
    }

    [Fact]
    public async Task Nobody_else_gets_to_keep_the_writers_page()
    {
        var address = await site.WriteOneAsync("One comment.");

        using var page = await site.Reader.GetAsync(new Uri(address, UriKind.Relative), Stop);

        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("same-origin", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("noindex", Assert.Single(page.Headers.GetValues("X-Robots-Tag")));
        Assert.False(page.Headers.Contains("Set-Cookie"));
        using var other = await site.Reader.GetAsync(new Uri(address[..^3] + "AAA", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Theory]
    [InlineData("", "", "", "Enter a name", "Write your comment")]
    [InlineData("Ada", "no address", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "ada@localhost", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "Ada <ada@example.org>", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "ada@example.org\r\nBcc: x@example.org", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "\"a\\\0\"@example.org", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "\"a\u0001\"@example.org", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "a\u202Eb@example.org", "Text", "Enter an e-mail address")]
    [InlineData("   ", "", "Text", "Enter a name")]
    [InlineData("Ada", "", "<p></p>", "Write your comment")]
    public async Task What_is_wrong_is_told_first_and_every_word_comes_back(string name, string email, string body, params string[] told)
    {
        using var answer = await site.WriteAsync(body, name, email);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        var summary = page.QuerySelector("main")!.FirstElementChild!;
        Assert.Equal("errors", summary.Id);
        Assert.True(summary.HasAttribute("autofocus"));
        var lines = summary.QuerySelectorAll("li a").ToList();
        Assert.Equal(told.Length, lines.Count);
        Assert.All(told.Zip(lines), pair =>
        {
            Assert.StartsWith(pair.First, pair.Second.TextContent, StringComparison.Ordinal);
            var field = page.GetElementById(pair.Second.GetAttribute("href")![1..])!;
            Assert.Equal("true", field.GetAttribute("aria-invalid"));
        });
        Assert.Equal(name, ((IHtmlInputElement)page.GetElementById("field-name")!).Value);
        Assert.Equal(body, ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
        Assert.Empty(await site.CommentsAsync());
    }

    [Fact]
    public async Task Private_details_come_back_once_named_and_marked_and_the_writer_may_insist()
    {
        (string, string)[] fields = [("name", "Ada"), ("body", "Call me on 07700 900123 about it.")];
        using var asked = await site.PostAsync($"{CommentTestSite.Article}/comments", fields);
        using var insisted = await site.PostAsync($"{CommentTestSite.Article}/comments", [.. fields, ("keep", "yes")]);

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [asked.StatusCode, insisted.StatusCode]);
        var page = await CommentTestSite.ReadAsync(asked);
        Assert.Equal("07700 900123", page.QuerySelector(".found mark")!.TextContent);
        Assert.Contains("phone number", page.GetElementById("errors")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[type=checkbox][name=keep]"));
        Assert.Single(await site.CommentsAsync());
    }

    [Fact]
    public async Task Three_thousand_characters_fit_and_one_more_does_not()
    {
        using var fits = await site.WriteAsync(new string('a', 3000));
        using var tooLong = await site.WriteAsync(new string('b', 3001));

        Assert.Equal(HttpStatusCode.SeeOther, fits.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
        Assert.Equal(
            new string('b', 3001), ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(tooLong)).GetElementById("field-body")!).Value);
    }

    [Fact]
    public async Task Who_presses_twice_and_gave_an_address_has_one_comment_and_each_link_opens_it()
    {
        using var first = await site.WriteAsync("The same words.", email: "ada@example.org");
        using var second = await site.WriteAsync("The same words.", email: "ada@example.org");

        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Single(await site.CommentsAsync());
        await site.SeeAsync(first.Headers.Location!.ToString());
        await site.SeeAsync(second.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("Ada", "", "Ben", "")]
    [InlineData("Ada", "ada@example.org", "Ada", "other@example.org")]
    [InlineData("Ada", "ada@example.org", "Ada", "")]
    [InlineData("Ada", "", "Ada", "")]
    public async Task Two_people_of_one_network_who_write_the_same_each_have_their_own(
        string name, string email, string otherName, string otherEmail)
    {
        using var first = await site.WriteAsync("Thank you, this helped.", name, email);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(20));
        using var second = await site.WriteAsync("Thank you, this helped.", otherName, otherEmail);

        using var erased = await site.PostAsync(second.Headers.Location!.ToString(), ("action", "erase"));

        Assert.Equal(HttpStatusCode.SeeOther, erased.StatusCode);
        Assert.Equal([CommentStatus.Pending, CommentStatus.Erased], (await site.CommentsAsync()).Select(comment => comment.Status));
        Assert.Contains(
            "Thank you, this helped.", (await site.SeeAsync(first.Headers.Location!.ToString())).Body!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_presses_twice_without_an_address_keeps_a_link_and_moderators_are_told()
    {
        using var first = await site.WriteAsync("The same words.");
        using var second = await site.WriteAsync("The same words.");

        Assert.Contains(
            "The same words.", (await site.SeeAsync(second.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        await using var db = await site.OpenAsync();
        Assert.Equal(
            (await site.CommentsAsync())[^1].Id,
            Assert.Single(db.Set<CommentFlag>(), flag => flag.Rule == CommentBatchWriter.SentAgain).CommentId);
    }

    [Fact]
    public async Task Who_sends_words_again_that_others_could_read_by_now_gets_no_link_to_them()
    {
        using var first = await site.WriteAsync("The same words.", email: "ada@example.org");
        await site.SetAsync(Assert.Single(await site.CommentsAsync()).Id, CommentStatus.Approved);

        using var second = await site.WriteAsync("The same words.", email: "ada@example.org");
        using var erased = await site.PostAsync(second.Headers.Location!.ToString(), ("action", "erase"));

        Assert.Equal([CommentStatus.Approved, CommentStatus.Erased], (await site.CommentsAsync()).Select(comment => comment.Status));
    }

    [Fact]
    public async Task Who_sends_words_again_that_readers_saw_before_the_approval_was_undone_gets_no_link_to_them()
    {
        using var first = await site.WriteAsync("The same words.", email: "ada@example.org");
        var (comment, decisions) = (Assert.Single(await site.CommentsAsync()), site.Site.Get<DecisionService>());
        var approval = await decisions.DecideAsync(comment.Id, 1, Decision.Approve, Decider.CommandLine, Stop);
        Assert.Equal(DecisionOutcome.Done, (await decisions.UndoAsync(approval.DecisionId!.Value, Decider.CommandLine, Stop)).Outcome);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(20));

        using var second = await site.WriteAsync("The same words.", email: "ada@example.org");
        using var erased = await site.PostAsync(second.Headers.Location!.ToString(), ("action", "erase"));

        Assert.Equal([CommentStatus.Pending, CommentStatus.Erased], (await site.CommentsAsync()).Select(one => one.Status));
    }

    [Fact]
    public async Task A_double_is_known_however_many_came_since_and_its_links_are_bounded()
    {
        using var busy = new CommentTestSite(database, ("Limits:Enabled", "false"));
        for (var number = 0; number < 12; number++)
            (await busy.WriteAsync($"Words of their own, number {number}.", email: "ada@example.org")).Dispose();

        var again = new List<HttpStatusCode>();
        for (var time = 0; time < 4; time++)
        {
            using var answer = await busy.WriteAsync("Words of their own, number 0.", email: "ada@example.org");
            again.Add(answer.StatusCode);
        }

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], again);
        Assert.Equal(12, (await busy.CommentsAsync()).Count);
    }

    [Theory]
    [InlineData("", "Your text is still here")]
    [InlineData("ada@example.org", "received this comment already")]
    public async Task Repeats_count_towards_the_limits_and_whoever_is_refused_is_told_that_nothing_is_lost(string email, string told)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => site.WriteAsync("All at once.", email: email)));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode is HttpStatusCode.SeeOther));
        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(13, refused.Count);
        Assert.Equal(600, SecondsToWait(refused[0]));
        var page = await CommentTestSite.ReadAsync(refused[0]);
        Assert.Contains(told, page.GetElementById("errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("All at once.", ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
        Assert.Equal(email is "" ? 3 : 1, (await site.CommentsAsync()).Count);
        await using var db = await site.OpenAsync();
        Assert.Equal(3, db.Set<CommentToken>().Count());
    }

    [Fact]
    public async Task Comments_that_arrive_at_once_are_each_kept_and_each_writer_gets_a_page_for_their_own()
    {
        using var busy = new CommentTestSite(database, ("Limits:Enabled", "false"));
        string[] texts = [.. Enumerable.Range(0, 50).Select(number => $"At once with others, number {number}.")];

        var answers = await Task.WhenAll(texts.Select(text => busy.WriteAsync(text)));

        Assert.Equal(texts.Order(), (await busy.CommentsAsync()).Select(comment => comment.Text).Order());
        foreach (var (text, answer) in texts.Zip(answers))
            Assert.Contains(text, (await busy.SeeAsync(answer.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_that_cannot_be_stored_takes_no_other_with_it()
    {
        await site.WriteOneAsync("Before.");
        var flag = new Flag(null!, 1, FlagLevel.Ordinary, "", "");
        var now = site.Site.Clock.GetUtcNow();

        var turn = await site.Site.Get<SqliteWriteLock>().AcquireAsync(Stop);
        var sent = Enumerable.Range(0, 20).Select(async number =>
        {
            var comment = new Comment
            {
                Article = Slug.Parse("arm-muscle-twitching"),
                Author = "Ada",
                Text = $"Number {number}.",
                WrittenAt = now,
                WaitingSince = now
            };
            CommentFlag[] flags = number is 7 ? [flag.ToEntity(comment.Id, 1)] : [];
            var network = await site.Site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse($"192.0.{number}.1"), Stop);
            return await Record.ExceptionAsync(() => site.Site.Get<CommentBatchWriter>().WriteAsync(comment, flags, network));
        }).ToList();
        turn.Dispose();
        var stored = await Task.WhenAll(sent);

        Assert.IsAssignableFrom<Microsoft.EntityFrameworkCore.DbUpdateException>(Assert.Single(stored.OfType<Exception>()));
        Assert.Equal(20, (await site.CommentsAsync()).Count);
        Assert.DoesNotContain(await site.CommentsAsync(), comment => comment.Text == "Number 7.");
    }

    [Theory]
    [InlineData("AFTER A LONG NIGHT MY ARM TWITCHED FOR HOURS AND I AM SCARED", 59)]
    [InlineData("AFTER A LONG NIGHT MY ARM TWITCHED FOR HOURS AND I AM SCARED", 60)]
    public async Task An_emoji_where_a_flag_stops_quoting_is_not_cut_in_two(string loud, int length)
    {
        using var answer = await site.PostAsync(
            $"{CommentTestSite.Article}/comments", ("name", "Ada"), ("body", $"{loud[..length]}😱😱 HELP"),
            ("website", $"{new string('x', length + 139)}😱😱"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await using var db = await site.OpenAsync();
        Assert.All(db.Set<CommentFlag>(), flag => Assert.DoesNotContain('\uFFFD', flag.Words));
    }

    [Fact]
    public async Task Comments_that_arrive_at_once_do_not_pass_a_limit_together()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => site.WriteAsync($"One of many, number {number}.")));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.SeeOther);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode is HttpStatusCode.TooManyRequests));
        Assert.Single(await site.CommentsAsync());
    }

    [Fact]
    public async Task A_network_writes_once_in_15_seconds_and_3_times_in_10_minutes()
    {
        using var first = await site.WriteAsync("One");
        using var tooSoon = await site.WriteAsync("Two");
        Assert.Equal((HttpStatusCode.TooManyRequests, 15), (tooSoon.StatusCode, SecondsToWait(tooSoon)));
        Assert.Equal("Two", ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(tooSoon)).GetElementById("field-body")!).Value);

        site.Site.Clock.Advance(TimeSpan.FromSeconds(15));
        using var second = await site.WriteAsync("Two");
        site.Site.Clock.Advance(TimeSpan.FromSeconds(15));
        using var third = await site.WriteAsync("Three");
        site.Site.Clock.Advance(TimeSpan.FromSeconds(30));
        using var fourth = await site.WriteAsync("Four");
        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests],
            [second.StatusCode, third.StatusCode, fourth.StatusCode]);
        Assert.Equal(540, SecondsToWait(fourth));

        site.Site.Clock.Advance(TimeSpan.FromSeconds(540));
        using var later = await site.WriteAsync("Four");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task A_network_writes_10_times_a_day()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            using var answer = await site.WriteAsync($"Number {turn}");
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        using var eleventh = await site.WriteAsync("Number ten");

        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(SecondsToWait(eleventh)));
        using var nextDay = await site.WriteAsync("Number ten");
        Assert.Equal(HttpStatusCode.SeeOther, nextDay.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "https://armtwitch.test", true)]
    [InlineData(null, "http://localhost", true)]
    [InlineData(null, null, true)]
    public async Task A_form_of_another_site_is_refused(string? fetchSite, string? origin, bool isTaken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{CommentTestSite.Article}/comments", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("name", "Ada"), KeyValuePair.Create("body", "From where?")]),
        };
        if (fetchSite is not null)
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var answer = await site.Reader.SendAsync(request, Stop);

        Assert.Equal(isTaken ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, answer.StatusCode);
        if (!isTaken)
            Assert.Equal(
                "From where?", ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(answer)).GetElementById("field-body")!).Value);
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large_and_its_words_come_back()
    {
        using var answer = await site.WriteAsync(new string('x', 70_000));
        using var huge = await site.WriteAsync(new string('x', 400_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(70_000, ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(answer)).GetElementById("field-body")!).Value.Length);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{\"name\":\"Ada\",\"body\":\"x\"}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "name=Ada&body=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nHi\r\n--x--", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "", HttpStatusCode.UnprocessableEntity)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&name=Eve&body=one&body=two", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada%00&body=a%00b%01", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=%ff%fe%80", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=%zz%", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=x&parent=nonsense", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=x&parent=00000000-0000-0000-0000-000000000001", HttpStatusCode.UnprocessableEntity)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "name=Ada&body=x", HttpStatusCode.UnsupportedMediaType)]
    public async Task Hostile_input_gets_a_clear_answer(string type, string body, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await site.Reader.PostAsync(new Uri($"{CommentTestSite.Article}/comments", UriKind.Relative), content, Stop);

        Assert.Equal(status, answer.StatusCode);
        Assert.All(await site.CommentsAsync(), comment => Assert.DoesNotContain(comment.Author + comment.Text, char.IsControl));
    }

    [Fact]
    public async Task More_fields_than_any_form_has_are_refused()
    {
        using var answer = await site.PostAsync(
            $"{CommentTestSite.Article}/comments", [.. Enumerable.Range(0, 1000).Select(number => ($"f{number}", "x"))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/articles/no-such-article/comments")]
    [InlineData("/comments/short")]
    public async Task There_is_nothing_to_write_to_elsewhere(string address)
    {
        using var answer = await site.PostAsync(address, ("name", "Ada"), ("body", "x"), ("action", "erase"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Nothing_typed_reaches_the_page_as_an_element()
    {
        await site.WriteApprovedAsync(
            "I read <b>this</b><script>alert(1)</script> and 1 < 2 && 3 > 2 <3\r\n\r\nSecond line https://example.org");

        var page = await site.SeeAsync(CommentTestSite.Article);

        var text = page.QuerySelector(".comment div")!;
        Assert.Equal(
            ["I read thisalert(1) and 1 < 2 && 3 > 2 <3", "Second line https://example.org"],
            text.QuerySelectorAll("p").Select(line => line.TextContent));
        Assert.All(text.QuerySelectorAll("*"), element => Assert.Equal(("p", "auto"), (element.LocalName, element.GetAttribute("dir"))));
    }

    [Theory]
    [InlineData("My CPK was <a 180, later >250, <b>really</b>", "My CPK was <a 180, later >250, really")]
    [InlineData("one\u000Btwo\u000Cthree\u0085four", "one", "two", "three", "four")]
    [InlineData("\u200FiPad עובד.\nEnglish", "\u200FiPad עובד.", "English")]
    [InlineData("قرن ۴ ه\u200D.ق", "قرن ۴ ه\u200D.ق")]
    public async Task What_people_type_keeps_its_meaning_up_to_the_page(string typed, params string[] lines)
    {
        var id = await site.WriteApprovedAsync(typed);

        var comment = (await site.SeeAsync(CommentTestSite.Article)).GetElementById($"comment-{id:N}")!;

        Assert.Equal(lines, comment.QuerySelectorAll("div p").Select(line => line.TextContent));
        Assert.All(comment.QuerySelectorAll("div p"), line => Assert.Equal("auto", line.GetAttribute("dir")));
    }

    [Fact]
    public async Task Much_markup_around_few_words_is_cleaned_where_it_would_not_fit()
    {
        await site.WriteOneAsync($"<p style=\"{new string('x', 4000)}\">Short.</p>");

        Assert.Equal("Short.", Assert.Single(await site.CommentsAsync()).Text);
    }

    [Fact]
    public async Task An_approved_comment_is_on_the_page_of_the_next_reader_with_a_date_and_an_address()
    {
        await site.SeeAsync(CommentTestSite.Article);
        var id = await site.WriteApprovedAsync("It stopped after a week.");

        var page = await site.SeeAsync(CommentTestSite.Article);

        Assert.Equal("Comments (1)", page.GetElementById("comments-heading")!.TextContent);
        var comment = page.GetElementById($"comment-{id:N}")!;
        Assert.Contains("It stopped after a week.", comment.TextContent, StringComparison.Ordinal);
        Assert.NotNull(comment.QuerySelector("time[datetime]"));
        Assert.Matches(@"^Ada \d+ \w+ \d{4}$", comment.QuerySelector(".by")!.TextContent);
        Assert.DoesNotContain(
            "It stopped", page.QuerySelector("script[type='application/ld+json']")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_stands_below_what_it_answers_and_has_no_answers_of_its_own()
    {
        var parent = await site.WriteApprovedAsync("A question.");
        var answer = await site.WriteApprovedAsync("An answer.", parent.ToString());

        var page = await site.SeeAsync(CommentTestSite.Article);
        Assert.NotNull(page.QuerySelector($".said > li:has(#comment-{parent:N}) > ol #comment-{answer:N}"));
        var form = await site.SeeAsync($"{CommentTestSite.Article}/comments/{answer:N}");
        Assert.Equal(parent.ToString(), form.QuerySelector("input[name=parent]")!.GetAttribute("value"));
        using var deeper = await site.WriteAsync("Deeper.", parent: answer.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, deeper.StatusCode);
    }

    [Fact]
    public async Task Twenty_comments_make_a_page_and_further_answers_are_folded()
    {
        var parent = await site.WriteApprovedAsync("Number 0");
        for (var number = 1; number <= 20; number++)
            await site.WriteApprovedAsync($"Number {number}");
        for (var number = 0; number < 7; number++)
            await site.WriteApprovedAsync($"Answer {number}", parent.ToString());

        var first = await site.SeeAsync(CommentTestSite.Article);
        var second = await site.SeeAsync($"{CommentTestSite.Article}/comments?page=2");
        using var third = await site.Reader.GetAsync(new Uri($"{CommentTestSite.Article}/comments?page=3", UriKind.Relative), Stop);
        foreach (var far in new[] { 107_374_184, 214_748_366, int.MaxValue })
        {
            using var beyond = await site.Reader.GetAsync(
                new Uri($"{CommentTestSite.Article}/comments?page={far}", UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.NotFound, beyond.StatusCode);
        }

        Assert.Equal("Comments (28)", first.GetElementById("comments-heading")!.TextContent);
        Assert.Equal(20, first.QuerySelectorAll(".said > li").Count(item => item.ParentElement!.ParentElement!.LocalName is "section"));
        Assert.Equal(2, first.QuerySelectorAll("details .comment").Length);
        Assert.Contains("Number 20", Assert.Single(second.QuerySelectorAll(".comment")).TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, third.StatusCode);
    }

    [Fact]
    public async Task Paging_on_misses_none_and_repeats_none_when_a_comment_is_taken_back_meanwhile()
    {
        var ids = new List<Guid>();
        for (var number = 0; number <= 21; number++)
            ids.Add(await site.WriteApprovedAsync($"Number {number}"));
        var next = (await site.SeeAsync(CommentTestSite.Article))
            .QuerySelector(".comments a[href*='comments?page=2']")!.GetAttribute("href")!;

        await site.SetAsync(ids[3], CommentStatus.Removed);
        await site.SetAsync(ids[19], CommentStatus.Removed);

        var second = await site.SeeAsync(next);
        Assert.Equal(["Number 20", "Number 21"], second.QuerySelectorAll(".comment p:last-of-type")
            .Select(text => text.TextContent).Where(text => text.StartsWith("Number", StringComparison.Ordinal)));
        Assert.Null(second.QuerySelector("[rel=next]"));
    }

    [Fact]
    public async Task A_network_is_kept_as_a_keyed_hash_and_addresses_in_it_are_one()
    {
        var (one, neighbour, other) =
            (await HashAsync("203.0.113.7"), await HashAsync("::ffff:203.0.113.200"), await HashAsync("203.0.114.7"));
        var (six, sixNeighbour) = (await HashAsync("2001:db8:1:2::1"), await HashAsync("2001:db8:1:99::1"));

        Assert.Equal(one, neighbour);
        Assert.NotEqual(one, other);
        Assert.Equal(six, sixNeighbour);
        Assert.Equal(32, one.Length);

        async Task<byte[]> HashAsync(string address) =>
            (await site.Site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse(address), Stop)).Narrow.Today;
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private static int SecondsToWait(HttpResponseMessage answer) => (int)answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
}

public sealed class CommentPostingTestsOnSqlite() : CommentPostingTests(DatabaseKind.Sqlite);

public sealed class CommentPostingTestsOnPostgres() : CommentPostingTests(DatabaseKind.Postgres);
