namespace ArmTwitch.Data.Retention;

/// <summary>The promises of one feature.</summary>
public interface IRetentionRules
{
    IEnumerable<RetentionRule> Rules { get; }
}
