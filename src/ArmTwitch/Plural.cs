using System.Globalization;

namespace ArmTwitch;

internal static class Plural
{
    /// <summary>"1,932".</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 fault", "2 faults".</summary>
    /// <param name="what">The singular of a word that only takes an s.</param>
    public static string Of(int number, string what) => Of(number, what, what + "s");

    /// <summary>"1 copy", "2 copies", "1,932 copies".</summary>
    public static string Of(int number, string one, string many) => $"{Number(number)} {(number is 1 ? one : many)}";
}
