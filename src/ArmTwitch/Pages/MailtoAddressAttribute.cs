using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace ArmTwitch.Pages;

/// <summary>An address that needs no encoding in a mailto link (RFC 6068), or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class MailtoAddressAttribute() : ValidationAttribute(
    "be an address alone, of letters, digits, dots, hyphens, underscores and plus signs, such as leave@armtwitch.example")
{
    private const int MaxLength = 254;

    public override bool IsValid(object? value) =>
        value is "" || (value is string { Length: <= MaxLength } text && Address().IsMatch(text));

    [GeneratedRegex(@"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\z")]
    private static partial Regex Address();
}
