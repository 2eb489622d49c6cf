namespace ArmTwitch.Newsletter;

/// <summary>A property that is not part of what a subscriber can download: a hash of a secret, or of no meaning to them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithheldAttribute : Attribute;
