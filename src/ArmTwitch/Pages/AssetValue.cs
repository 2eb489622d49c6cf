namespace ArmTwitch.Pages;

/// <summary>A value computed from assets: once, and again after each edit when the assets are read from the project.</summary>
internal sealed class AssetValue<T>(Func<T> compute)
{
    private volatile Computed? last;

    public T Value
    {
        get
        {
            var editedAt = EmbeddedAssets.EditedAt;
            if (last is not { } computed || computed.EditedAt != editedAt)
                last = computed = new Computed(editedAt, compute());
            return computed.Value;
        }
    }

    private sealed record Computed(DateTime EditedAt, T Value);
}
