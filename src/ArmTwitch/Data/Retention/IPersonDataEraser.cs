namespace ArmTwitch.Data.Retention;

/// <summary>What one feature found of a person.</summary>
/// <param name="What">A word for programs, such as <c>comments</c>.</param>
/// <param name="IsErased">False for what only a person can decide on.</param>
/// <param name="Sentence">What was done, for the operator.</param>
public sealed record ErasureResult(string What, int Count, bool IsErased, string Sentence);

/// <summary>What a feature keeps about people who are known by an address.</summary>
public interface IPersonDataEraser
{
    /// <returns>Only what was found.</returns>
    Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default);
}
