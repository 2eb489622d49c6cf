using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Articles.ArticlePages;
using ArmTwitch.Comments.Authors;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments;

public static class CommentsFeature
{
    /// <summary>When it is worth trying again after the database did not answer.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddSettings<CommentsOptions>("Comments");
        services.AddSettings<CommentLimitOptions>("Limits");
        services.AddSingleton<CommentService>().AddSingleton<CommentBatchWriter>()
            .AddSingleton<CommentFlagger>().AddSingleton<CommentChangeNotifier>().AddSingleton<PublishedComments>()
            .AddSingleton<AuthorCommentService>().AddSingleton<AuthorPageResults>()
            .AddSingleton<CommentReportService>().AddSingleton<IRestoreReconciler, CommentRestoreReconciler>()
            .AddSingleton<IRetentionRules, CommentRetentionRules>().AddSingleton<IPersonDataEraser, CommentPersonDataEraser>();
        services.AddSingleton<SpamScorer>().AddSingleton<SpamTrainingService>()
            .AddHostedService(provider => provider.GetRequiredService<SpamTrainingService>());
        return services.AddSingleton(new PagePart(
            PageSlot.Discussion, article => Section(article!.Slug, CommentDraft.Empty),
            article => CommentChangeNotifier.CacheDependency(article.Slug)));
    }

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder routes)
    {
        routes.Map("/articles/{slug}/comments", ShowMoreCommentsAsync).AsPage();
        routes.MapPost("/articles/{slug}/comments", SubmitAsync).DisableAntiforgery();
        routes.Map("/articles/{slug}/comments/{id:guid}", ShowCommentAsync).AsPage();
        routes.MapPost("/articles/{slug}/comments/{id:guid}/report", ReportAsync).DisableAntiforgery();
        routes.Map("/comments/{token}", ShowAuthorPageAsync).AsPage();
        routes.MapPost("/comments/{token}", PerformAuthorActionAsync).DisableAntiforgery().AuthorizedByToken();
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
        http.SetRetryAfter(Later);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ShowMoreCommentsAsync(
        string slug, HttpRequest request, ArticleLibrary library, PublishedComments publishedComments, ReaderPageResults pages)
    {
        var content = library.Current;
        if (content.FindReadable(slug) is not { } article)
            return ArticlesFeature.NotFoundOrMoved(slug, content);
        if (!request.Query.TryGetValue("page", out var asked) || asked == "1")
            return Results.Redirect($"{article.Address}#comments", permanent: true);
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            || asked != page.ToString(CultureInfo.InvariantCulture))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        Guid? after = Guid.TryParse(request.Query["after"], out var last) ? last : null;
        var discussion = await publishedComments.ReadAsync(article.Slug, page, after);
        if (!discussion.Available)
            return Unavailable(request.HttpContext);
        if (page < 1 || discussion.Comments.Count is 0)
            return after is null ? Results.NotFound() : Results.Redirect($"{article.Address}#comments");
        return after is not null
            ? pages.Uncached<MoreCommentsPage, MoreCommentsPageModel>(
                $"{article.Address}/comments", new MoreCommentsPageModel(article, discussion))
            : pages.Html<MoreCommentsPage, MoreCommentsPageModel>(
                discussion.AddressOf(page), new MoreCommentsPageModel(article, discussion),
                [CommentChangeNotifier.CacheDependency(article.Slug), .. ContentDependencies.ArticleFrame(article.Slug)]);
    }

    private static async Task<IResult> SubmitAsync(
        string slug, HttpContext http, ArticleLibrary library, ArticlePageModelFactory models, CrossSiteGuard guard,
        CommentService comments, ClientNetworkHasher networkHasher, ReaderPageResults pages)
    {
        if (library.Current.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var form = await PostedForm.ReadAsync(http, guard);
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var draft = CommentDraft.Read(form);
        if (!form.IsTaken)
            return Refuse(form.Status, draft.With(DescribeStatus(form)));
        var cleaned = draft.Cleaned();
        draft = draft.Check(cleaned);
        if (draft.Errors.Any)
            return Refuse(StatusCodes.Status422UnprocessableEntity, draft);

        var network = await networkHasher.TryHashAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var answer = network is null
            ? new CommentSubmitResult(CommentSubmitOutcome.Unavailable, RetryAfter: Later)
            : await comments.SubmitAsync(article.Slug, cleaned, network, CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            CommentSubmitOutcome.Received or CommentSubmitOutcome.ReceivedBefore => new SeeOtherResult($"/comments/{answer.Token}"),
            CommentSubmitOutcome.NoSuchParent => Refuse(StatusCodes.Status422UnprocessableEntity, (draft with { Parent = null }).With(
                "The comment you answered is no longer there. You can send your text as a comment of its own.")),
            CommentSubmitOutcome.TooMany when answer.IsRepeat => Refuse(
                StatusCodes.Status429TooManyRequests,
                draft.With("We have received this comment already, and a moderator will read it. You need not send it again.")),
            CommentSubmitOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                draft.With($"There were many comments from where you are. Your text is still here: send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}.")),
            CommentSubmitOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                draft.With("We cannot store comments right now. Your text is still here: please send it again in a minute.")),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        IResult Refuse(int status, CommentDraft refused) => pages.Uncached<ArticlePage, ArticlePageModel>(
            $"{article.Address}/comments",
            models.Create(article) with
            {
                Notice = CrisisCard.For(library.Current, refused.Body, $"{refused.Name}\n{refused.Email}"),
                RejectedForm = new RejectedFormParts(ErrorSummary.Of(refused.Errors), Section(article.Slug, refused)),
            },
            status);
    }

    private static async Task<IResult> ShowCommentAsync(
        string slug, Guid id, HttpRequest request, ArticleLibrary library, PublishedComments publishedComments, ReaderPageResults pages) =>
        library.Current.FindReadable(slug) is { } article && await ModelAsync(article, id, publishedComments) is { } model
            ? pages.Uncached<CommentPage, CommentPageModel>(
                $"{article.Address}/comments/{id:N}", model with { Reported = request.Query.ContainsKey("reported") })
            : Results.NotFound();

    private static async Task<IResult> ReportAsync(
        string slug, Guid id, HttpContext http, ArticleLibrary library, CrossSiteGuard guard, PublishedComments publishedComments,
        CommentReportService reportService, ClientNetworkHasher networkHasher, ReaderPageResults pages)
    {
        if (library.Current.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var (form, address) = (await PostedForm.ReadAsync(http, guard), $"{article.Address}/comments/{id:N}/report");
        CommentPageModel? found;
        try
        {
            found = await ModelAsync(article, id, publishedComments);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            http.SetRetryAfter(Later);
            return pages.Uncached<ResubmitPage, ResubmitPageModel>(
                address,
                new ResubmitPageModel(address, address, [], "reason", form["reason"])
                {
                    First = CrisisCard.For(library.Current, form["reason"])
                }, StatusCodes.Status503ServiceUnavailable);
        }

        if (found is not { } model)
            return Results.NotFound();
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var reason = CommentTextCleaner.Clean(form["reason"]);
        var error = !form.IsTaken ? DescribeStatus(form)
            : reason.Length is 0 ? "Say what is wrong with the comment."
            : reason.Length > CommentReport.MaxReasonLength
                ? $"Shorten the reason to {CommentReport.MaxReasonLength} characters. It has {reason.Length}."
                : null;
        if (error is not null)
            return Refuse(form.IsTaken ? StatusCodes.Status422UnprocessableEntity : form.Status, error);

        var network = await networkHasher.TryHashAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var answer = network is null
            ? new(CommentReportOutcome.Unavailable, Later)
            : await reportService.ReportAsync(article.Slug, id, reason, network, CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            CommentReportOutcome.Kept when CrisisCard.For(library.Current, form["reason"]) is { } first =>
                pages.NoStore<CommentPage, CommentPageModel>(model with { Reported = true, First = first }, StatusCodes.Status200OK),
            CommentReportOutcome.Kept => new SeeOtherResult($"{article.Address}/comments/{id:N}?reported=1"),
            CommentReportOutcome.NoSuchComment => new SeeOtherResult($"{article.Address}#comments"),
            CommentReportOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                $"There were many reports from where you are. Your text is still here: send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}."),
            CommentReportOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                "We cannot keep your report right now. Your text is still here: please send it again in a minute."),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        IResult Refuse(int status, string why) =>
            pages.Uncached<CommentPage, CommentPageModel>(address, model with
            {
                Reason = form["reason"],
                Errors = new(("reason", why)),
                First = CrisisCard.For(library.Current, form["reason"])
            }, status);
    }

    private static async Task<CommentPageModel?> ModelAsync(Article article, Guid id, PublishedComments publishedComments) =>
        await publishedComments.FindAsync(article.Slug, id) is { } comment
            ? new CommentPageModel(article, comment, await publishedComments.ParentOfAsync(id) ?? id, Reported: false, "", FormErrors.None)
            : null;

    private static async Task<IResult> ShowAuthorPageAsync(
        string token, HttpContext http, AuthorCommentService authorComments, AuthorPageResults authorPages) =>
        await authorComments.FindAsync(token, http.RequestAborted) is { } view ? authorPages.Show(http, token, view) : Results.NotFound();

    private static async Task<IResult> PerformAuthorActionAsync(
        string token, HttpContext http, CrossSiteGuard guard, AuthorCommentService authorComments, AuthorPageResults authorPages)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        AuthorCommentView? found;
        try
        {
            found = await authorComments.FindAsync(token, http.RequestAborted);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            http.SetRetryAfter(Later);
            return authorPages.ResubmitPage(http, token, form);
        }

        if (found is not { } view)
            return Results.NotFound();
        if (!form.IsTaken)
            return form.IsUnreadable
                ? Results.StatusCode(form.Status)
                : authorPages.Show(http, token, view, form.Status, form["body"], new(("", DescribeStatus(form))));
        if (ActionOf(form["action"]) is not { } action)
            return authorPages.Show(
                http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"],
                new(("", "Choose what to do with the comment.")));

        var text = CommentTextCleaner.Clean(form["body"]);
        if (action is AuthorAction.Edit or AuthorAction.Appeal && TextFault(text) is { } wrong)
            return authorPages.Show(http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"], new(("body", wrong)));
        if (action is AuthorAction.Edit && form["keep"].Length is 0 && PersonalDataDetector.Find(text) is { Count: > 0 } details)
            return authorPages.Show(
                http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"],
                new(("body", PersonalDataDetector.WarningFor(details))), details);
        var revision = int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? seen
            : view.Comment.Revision;
        var request = new AuthorActionRequest(
            token, action, CommentTextCleaner.CleanWithinLimit(form["body"]), revision, http.Connection.RemoteIpAddress);
        var answer = await authorComments.ActAsync(request, CancellationToken.None);
        switch (answer.Outcome)
        {
            case AuthorActionOutcome.Done:
                return new SeeOtherResult($"/comments/{token}");
            case AuthorActionOutcome.NoSuchComment:
                return Results.NotFound();
            case AuthorActionOutcome.TooLate:
                var now = await authorComments.FindAsync(token, http.RequestAborted) ?? view;
                return authorPages.Show(http, token, now, StatusCodes.Status409Conflict, form["body"], new(
                    ("", $"That could not be done: the comment has changed in the meantime. This page shows how it stands now.{(text.Length > 0 && !now.MayEdit && !now.MayAppeal ? $" What you typed: {text}" : "")}")));
            case AuthorActionOutcome.TooMany:
                http.SetRetryAfter(answer.RetryAfter);
                return authorPages.Show(http, token, view, StatusCodes.Status429TooManyRequests, form["body"], new(
                    ("body", $"There were many changes lately. Your text is still here: send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}.")));
            default:
                http.SetRetryAfter(Later);
                return authorPages.Show(
                    http, token, view, StatusCodes.Status503ServiceUnavailable, form["body"],
                    new(("", "We cannot store that right now. Please send it again in a minute.")));
        }
    }

    /// <summary>One click in a mail program (RFC 8058), which sends neither cookie nor origin. An unknown link answers the same.</summary>
    private static async Task<IResult> MuteAsync(string token, HttpContext http, AuthorCommentService authorComments) =>
        await authorComments.ActAsync(new(token, AuthorAction.Mute)) is { Outcome: AuthorActionOutcome.Unavailable }
            ? Unavailable(http)
            : Results.Text("No more mail about this comment will be sent.");

    private static string? TextFault(string text) => text.Length is 0 ? "Write your text."
        : text.Length > Comment.MaxTextLength ? $"Shorten the text to {Comment.MaxTextLength:N0} characters. It has {text.Length:N0}."
        : null;

    private static AuthorAction? ActionOf(string word) => word switch
    {
        "edit" => AuthorAction.Edit,
        "withdraw" => AuthorAction.Withdraw,
        "erase" => AuthorAction.Erase,
        "appeal" => AuthorAction.Appeal,
        "mute" => AuthorAction.Mute,
        _ => null,
    };

    private static string DescribeStatus(PostedForm form) =>
        form.Explain("Your text", $"the comment to {Comment.MaxTextLength:N0} characters");
}
