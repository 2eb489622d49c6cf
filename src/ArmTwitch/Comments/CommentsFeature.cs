using ArmTwitch.Articles;

namespace ArmTwitch.Comments;

public static class CommentsFeature
{
    public static IServiceCollection AddComments(this IServiceCollection services) =>
        services.AddSingleton(new PagePart(PagePlace.Discussion, _ => builder =>
        {
            builder.OpenComponent<CommentSection>(0);
            builder.AddComponentParameter(1, nameof(CommentSection.Count), 0);
            builder.CloseComponent();
        }));
}
