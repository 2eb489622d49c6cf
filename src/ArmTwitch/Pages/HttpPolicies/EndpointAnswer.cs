namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>Looks at what a handler has answered, before it is written. For endpoint filters.</summary>
internal static class EndpointAnswer
{
    /// <returns>Null when the answer does not tell its status.</returns>
    public static int? StatusOf(object? answer) => answer switch
    {
        // One of the answers that a handler lists as Results<…>.
        INestedHttpResult several => StatusOf(several.Result),
        IStatusCodeHttpResult one => one.StatusCode,
        _ => null,
    };
}
