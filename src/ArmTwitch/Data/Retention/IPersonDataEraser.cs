namespace ArmTwitch.Data.Retention;

/// <summary>What one feature found about a person.</summary>
/// <param name="What">A word for programs, such as <c>comments</c>.</param>
/// <param name="IsErased">False for what the operator has to decide or do.</param>
/// <param name="Sentence">What was done or is to do, for the operator.</param>
public sealed record ErasureResult(string What, int Count, bool IsErased, string Sentence);

/// <summary>Erases what a feature keeps under an address.</summary>
public interface IPersonDataEraser
{
    /// <returns>Only what was found.</returns>
    Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default);
}
