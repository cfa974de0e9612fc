using FaceEdge.Imaging;
using SkiaSharp;

namespace FaceEdge.Tests.Imaging;

/// <summary>Pictures made here, so that every pixel is known.</summary>
internal static class Samples
{
    /// <summary>Smooth colours with a few edges: something that JPEG keeps well.</summary>
    public static SKBitmap Scene(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(width, height), [SKColors.DarkSlateBlue, SKColors.Orange, SKColors.SeaGreen], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawRect(0, 0, width, height, paint);
        using var skin = new SKPaint { Color = new SKColor(224, 172, 135), IsAntialias = true };
        canvas.DrawOval(width * 0.4f, height * 0.5f, width * 0.15f, height * 0.3f, skin);
        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality = 90)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Jpeg(int width, int height) => Encode(Scene(width, height), SKEncodedImageFormat.Jpeg);

    /// <summary>Puts an EXIF segment with the orientation behind the start-of-image marker.</summary>
    public static byte[] WithOrientation(byte[] jpeg, Orientation orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>Sets the height and width in a JPEG's frame header: a small file that claims to be large.</summary>
    public static byte[] Claiming(byte[] jpeg, int width, int height)
    {
        var at = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        var claiming = (byte[])jpeg.Clone();
        (claiming[at + 5], claiming[at + 6]) = ((byte)(height >> 8), (byte)height);
        (claiming[at + 7], claiming[at + 8]) = ((byte)(width >> 8), (byte)width);
        return claiming;
    }
}
