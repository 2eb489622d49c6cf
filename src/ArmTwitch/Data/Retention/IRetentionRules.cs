namespace ArmTwitch.Data.Retention;

/// <summary>The retention rules of one feature.</summary>
public interface IRetentionRules
{
    IEnumerable<RetentionRule> Rules { get; }
}
