namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>Reads the result of a handler before it is written. For endpoint filters.</summary>
internal static class EndpointAnswer
{
    /// <returns>Null when the result does not know its status.</returns>
    public static int? StatusOf(object? answer) => answer switch
    {
        // A handler's Results<…> wraps the result.
        INestedHttpResult several => StatusOf(several.Result),
        IStatusCodeHttpResult one => one.StatusCode,
        _ => null,
    };
}
