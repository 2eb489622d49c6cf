using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments;

public static class CommentsFeature
{
    /// <summary>When it is worth trying again after the database did not answer.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddSettings<CommentsOptions>("Comments");
        services.AddSettings<LimitsOptions>("Limits");
        services.AddSingleton<CommentService>().AddSingleton<CommentIntake>().AddSingleton<CommentFlagger>().AddSingleton<CommentNews>().AddSingleton<Discussions>()
            .AddSingleton<WriterDesk>().AddSingleton<WriterPages>().AddSingleton<Reports>().AddSingleton<IRestoredPart, RestoredComments>().AddSingleton<IRetention, CommentRetention>().AddSingleton<IPersonData, CommentPersonData>();
        services.AddSingleton<SpamScore>().AddSingleton<SpamLearning>().AddHostedService(provider => provider.GetRequiredService<SpamLearning>());
        return services.AddSingleton(new PagePart(PagePlace.Discussion, article => Section(article!.Slug, CommentDraft.Empty), article => CommentNews.Dependency(article.Slug)));
    }

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder routes)
    {
        routes.Map("/articles/{slug}/comments", MoreAsync).AsPage();
        routes.MapPost("/articles/{slug}/comments", SubmitAsync).DisableAntiforgery();
        routes.Map("/articles/{slug}/comments/{id:guid}", OneAsync).AsPage();
        routes.MapPost("/articles/{slug}/comments/{id:guid}/report", ReportAsync).DisableAntiforgery();
        routes.Map("/comments/{token}", WriterPageAsync).AsPage();
        routes.MapPost("/comments/{token}", ActAsync).DisableAntiforgery().ActsByToken();
        routes.MapPost("/comments/{token}/mute", MuteAsync).DisableAntiforgery();
        return routes;
    }

    private static RenderFragment Section(Slug article, CommentDraft draft) => builder =>
    {
        builder.OpenComponent<CommentSection>(0);
        builder.AddComponentParameter(1, nameof(CommentSection.Article), article);
        builder.AddComponentParameter(2, nameof(CommentSection.Draft), draft);
        builder.CloseComponent();
    };

    private static IResult Unavailable(HttpContext http)
    {
        http.TellWhen(Later);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> MoreAsync(string slug, HttpRequest request, ArticleLibrary library, Discussions discussions, ReaderPages pages)
    {
        var content = library.Now;
        if (content.FindReadable(slug) is not { } article)
            return ArticlesFeature.WithoutArticle(slug, content);
        if (!request.Query.TryGetValue("page", out var asked) || asked == "1")
            return Results.Redirect($"{article.Address}#comments", permanent: true);
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page) || asked != page.ToString(CultureInfo.InvariantCulture))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        Guid? after = Guid.TryParse(request.Query["after"], out var last) ? last : null;
        var discussion = await discussions.ReadAsync(article.Slug, page, after);
        if (!discussion.Available)
            return Unavailable(request.HttpContext);
        if (page < 1 || discussion.Comments.Count is 0)
            return after is null ? Results.NotFound() : Results.Redirect($"{article.Address}#comments");
        return after is not null
            ? pages.Once<CommentsPage, CommentsPageModel>($"{article.Address}/comments", new CommentsPageModel(article, discussion))
            : pages.Html<CommentsPage, CommentsPageModel>(discussion.AddressOf(page), new CommentsPageModel(article, discussion), [CommentNews.Dependency(article.Slug), .. ContentDependencies.ArticleFrame(article.Slug)]);
    }

    private static async Task<IResult> SubmitAsync(
        string slug, HttpContext http, ArticleLibrary library, ArticleViews views, CrossSiteGuard guard, CommentService comments, Network networks, ReaderPages pages)
    {
        if (library.Now.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var form = await PostedForm.ReadAsync(http, guard);
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var draft = CommentDraft.Read(form);
        if (!form.IsTaken)
            return Refuse(form.Status, draft.With(Explain(form)));
        var cleaned = draft.Cleaned();
        draft = draft.Check(cleaned);
        if (draft.Errors.Any)
            return Refuse(StatusCodes.Status422UnprocessableEntity, draft);

        var network = await networks.TryOfAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var answer = network is null ? new SubmitAnswer(SubmitOutcome.Unavailable, RetryAfter: Later) : await comments.SubmitAsync(article.Slug, cleaned, network, CancellationToken.None);
        http.TellWhen(answer.RetryAfter);
        return answer.Outcome switch
        {
            SubmitOutcome.Received or SubmitOutcome.ReceivedBefore => new SeeOther($"/comments/{answer.Token}"),
            SubmitOutcome.NoSuchParent => Refuse(StatusCodes.Status422UnprocessableEntity, (draft with { Parent = null }).With("The comment you answered is no longer there. You can send your text as a comment of its own.")),
            SubmitOutcome.TooMany when answer.IsRepeat => Refuse(StatusCodes.Status429TooManyRequests, draft.With("We have received this comment already, and a moderator will read it. You need not send it again.")),
            SubmitOutcome.TooMany => Refuse(StatusCodes.Status429TooManyRequests, draft.With($"There were many comments from where you are. Your text is still here: send it again in {RetryAfter.InWords(answer.RetryAfter)}.")),
            SubmitOutcome.Unavailable => Refuse(StatusCodes.Status503ServiceUnavailable, draft.With("We cannot store comments right now. Your text is still here: please send it again in a minute.")),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        IResult Refuse(int status, CommentDraft refused) => pages.Once<ArticlePage, ArticleView>(
            $"{article.Address}/comments",
            views.Of(article) with
            {
                First = CrisisCard.For(library.Now, refused.Body, $"{refused.Name}\n{refused.Email}"),
                Refusal = new Refusal(ErrorSummary.Of(refused.Errors), Section(article.Slug, refused)),
            },
            status);
    }

    private static async Task<IResult> OneAsync(string slug, Guid id, HttpRequest request, ArticleLibrary library, Discussions discussions, ReaderPages pages) =>
        library.Now.FindReadable(slug) is { } article && await ModelAsync(article, id, discussions) is { } model
            ? pages.Once<OneCommentPage, OneCommentModel>($"{article.Address}/comments/{id:N}", model with { Reported = request.Query.ContainsKey("reported") })
            : Results.NotFound();

    private static async Task<IResult> ReportAsync(
        string slug, Guid id, HttpContext http, ArticleLibrary library, CrossSiteGuard guard, Discussions discussions, Reports reports, Network networks, ReaderPages pages)
    {
        if (library.Now.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var (form, address) = (await PostedForm.ReadAsync(http, guard), $"{article.Address}/comments/{id:N}/report");
        OneCommentModel? found;
        try
        {
            found = await ModelAsync(article, id, discussions);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            http.TellWhen(Later);
            return pages.Once<KeptWordsPage, KeptWords>(address, new KeptWords(address, address, [], "reason", form["reason"]) { First = CrisisCard.For(library.Now, form["reason"]) }, StatusCodes.Status503ServiceUnavailable);
        }

        if (found is not { } model)
            return Results.NotFound();
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var reason = CommentText.Clean(form["reason"]);
        var error = !form.IsTaken ? Explain(form)
            : reason.Length is 0 ? "Say what is wrong with the comment."
            : reason.Length > CommentReport.MaxReasonLength ? $"Shorten the reason to {CommentReport.MaxReasonLength} characters. It has {reason.Length}." : null;
        if (error is not null)
            return Refuse(form.IsTaken ? StatusCodes.Status422UnprocessableEntity : form.Status, error);

        var network = await networks.TryOfAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var answer = network is null ? new(ReportOutcome.Unavailable, Later) : await reports.ReportAsync(article.Slug, id, reason, network, CancellationToken.None);
        http.TellWhen(answer.RetryAfter);
        return answer.Outcome switch
        {
            ReportOutcome.Kept when CrisisCard.For(library.Now, form["reason"]) is { } first =>
                pages.Private<OneCommentPage, OneCommentModel>(model with { Reported = true, First = first }, StatusCodes.Status200OK),
            ReportOutcome.Kept => new SeeOther($"{article.Address}/comments/{id:N}?reported=1"),
            ReportOutcome.NoSuchComment => new SeeOther($"{article.Address}#comments"),
            ReportOutcome.TooMany => Refuse(StatusCodes.Status429TooManyRequests, $"There were many reports from where you are. Your text is still here: send it again in {RetryAfter.InWords(answer.RetryAfter)}."),
            ReportOutcome.Unavailable => Refuse(StatusCodes.Status503ServiceUnavailable, "We cannot keep your report right now. Your text is still here: please send it again in a minute."),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        IResult Refuse(int status, string why) =>
            pages.Once<OneCommentPage, OneCommentModel>(address, model with { Reason = form["reason"], Errors = new(("reason", why)), First = CrisisCard.For(library.Now, form["reason"]) }, status);
    }

    private static async Task<OneCommentModel?> ModelAsync(Article article, Guid id, Discussions discussions) =>
        await discussions.FindAsync(article.Slug, id) is { } comment
            ? new OneCommentModel(article, comment, await discussions.ParentOfAsync(id) ?? id, Reported: false, "", FormErrors.None)
            : null;

    private static async Task<IResult> WriterPageAsync(string token, HttpContext http, WriterDesk desk, WriterPages writers) =>
        await desk.FindAsync(token, http.RequestAborted) is { } view ? writers.Show(http, token, view) : Results.NotFound();

    private static async Task<IResult> ActAsync(string token, HttpContext http, CrossSiteGuard guard, WriterDesk desk, WriterPages writers)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        WriterView? found;
        try
        {
            found = await desk.FindAsync(token, http.RequestAborted);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            http.TellWhen(Later);
            return writers.GiveBack(http, token, form);
        }

        if (found is not { } view)
            return Results.NotFound();
        if (!form.IsTaken)
            return form.IsUnreadable ? Results.StatusCode(form.Status) : writers.Show(http, token, view, form.Status, form["body"], new(("", Explain(form))));
        if (ActionOf(form["action"]) is not { } action)
            return writers.Show(http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"], new(("", "Choose what to do with the comment.")));

        var text = CommentText.Clean(form["body"]);
        if (action is WriterAction.Edit or WriterAction.Appeal && Wrong(text) is { } wrong)
            return writers.Show(http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"], new(("body", wrong)));
        if (action is WriterAction.Edit && form["keep"].Length is 0 && PersonalData.FindIn(text) is { Count: > 0 } details)
            return writers.Show(http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"], new(("body", PersonalData.Question(details))), details);
        var revision = int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : view.Comment.Revision;
        var request = new AuthorActionRequest(token, action, CommentText.Keep(form["body"]), revision, http.Connection.RemoteIpAddress);
        var answer = await desk.ActAsync(request, CancellationToken.None);
        switch (answer.Outcome)
        {
            case WriterOutcome.Done:
                return new SeeOther($"/comments/{token}");
            case WriterOutcome.NoSuchComment:
                return Results.NotFound();
            case WriterOutcome.TooLate:
                var now = await desk.FindAsync(token, http.RequestAborted) ?? view;
                return writers.Show(http, token, now, StatusCodes.Status409Conflict, form["body"], new(("", $"That could not be done: the comment has changed in the meantime. This page shows how it stands now.{(text.Length > 0 && !now.MayEdit && !now.MayAppeal ? $" What you typed: {text}" : "")}")));
            case WriterOutcome.TooMany:
                http.TellWhen(answer.RetryAfter);
                return writers.Show(http, token, view, StatusCodes.Status429TooManyRequests, form["body"], new(("body", $"There were many changes lately. Your text is still here: send it again in {RetryAfter.InWords(answer.RetryAfter)}.")));
            default:
                http.TellWhen(Later);
                return writers.Show(http, token, view, StatusCodes.Status503ServiceUnavailable, form["body"], new(("", "We cannot store that right now. Please send it again in a minute.")));
        }
    }

    /// <summary>One click in a mail program (RFC 8058), which sends neither cookie nor origin. An unknown link answers the same.</summary>
    private static async Task<IResult> MuteAsync(string token, HttpContext http, WriterDesk desk) =>
        await desk.ActAsync(new(token, WriterAction.Mute)) is { Outcome: WriterOutcome.Unavailable }
            ? Unavailable(http)
            : Results.Text("No more mail about this comment will be sent.");

    private static string? Wrong(string text) => text.Length is 0 ? "Write your text."
        : text.Length > Comment.MaxTextLength ? $"Shorten the text to {Comment.MaxTextLength:N0} characters. It has {text.Length:N0}." : null;

    private static WriterAction? ActionOf(string word) => word switch
    {
        "edit" => WriterAction.Edit,
        "withdraw" => WriterAction.Withdraw,
        "erase" => WriterAction.Erase,
        "appeal" => WriterAction.Appeal,
        "mute" => WriterAction.Mute,
        _ => null,
    };

    private static string Explain(PostedForm form) => form.Explain("Your text", $"the comment to {Comment.MaxTextLength:N0} characters");
}
