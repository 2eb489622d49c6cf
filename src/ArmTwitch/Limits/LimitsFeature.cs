using ArmTwitch.Data.Retention;

namespace ArmTwitch.Limits;

public static class LimitsFeature
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSettings<RateLimitOptions>("Limits");
        return services.AddSingleton<RateLimiter>()
            .AddSingleton<MemoryRateLimiter>().AddSingleton<IRetentionRules, RateLimitRetentionRules>();
    }
}
