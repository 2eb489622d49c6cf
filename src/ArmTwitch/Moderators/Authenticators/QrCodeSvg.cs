using System.Text;
using QRCoder;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>A QR code as an SVG path, one unit for each square.</summary>
internal sealed record QrCodeSvg(int Size, string Path)
{
    public static QrCodeSvg Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < data.ModuleMatrix[y].Length; x++)
            {
                if (data.ModuleMatrix[y][x])
                    path.Append('M').Append(x).Append(' ').Append(y).Append("h1v1h-1z");
            }
        }

        return new QrCodeSvg(data.ModuleMatrix.Count, path.ToString());
    }
}
