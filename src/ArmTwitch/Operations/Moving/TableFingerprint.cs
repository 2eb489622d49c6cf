using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ArmTwitch.Operations.Moving;

/// <summary>
/// How many rows a table has, and a hash over all of them that does not depend on their order: the databases sort text differently.
/// </summary>
internal sealed class TableFingerprint(MovedTable table)
{
    private UInt128 sum;

    public long Rows { get; private set; }

    public void Add(IReadOnlyList<object?> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        for (var place = 0; place < values.Count; place++)
        {
            var bytes = Bytes(table.Columns[place].Comparable(values[place]));
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            hash.AppendData(length);
            hash.AppendData(bytes ?? []);
        }

        Rows++;
        unchecked
        {
            sum += BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows, hash {sum:x32}");

    private static byte[]? Bytes(object? value) => value switch
    {
        null => null,
        byte[] bytes => bytes,
        DateTimeOffset time => BitConverter.GetBytes(time.UtcTicks),
        double number => BitConverter.GetBytes(number),
        IFormattable number => Encoding.UTF8.GetBytes(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Encoding.UTF8.GetBytes(value.ToString()!),
    };
}
