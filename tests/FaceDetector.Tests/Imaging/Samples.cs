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

    /// <summary>Puts a chunk eXIf with the orientation before a PNG's data, or behind them.</summary>
    public static byte[] PngWithOrientation(byte[] png, Orientation orientation, bool behind)
    {
        byte[] data = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] typed = [.. "eXIf"u8, .. data];
        byte[] chunk = [0, 0, 0, (byte)data.Length, .. typed, 0, 0, 0, 0];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4), Crc32(typed));
        var at = behind ? png.Length - 12 : 33;
        return [.. png[..at], .. chunk, .. png[at..]];
    }

    /// <summary>Makes a WebP an extended one (RFC 9649, 2.7) with a chunk EXIF at its end.</summary>
    public static byte[] WebPWithOrientation(byte[] webP, Orientation orientation, int width, int height)
    {
        byte[] tiff = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] content =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, (byte)(width - 1), 0, 0, (byte)(height - 1), 0, 0,
            .. webP[12..], .. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff,
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(content.Length), .. content];
    }

    /// <summary>48x32 pixels; a decoder warns of what it passes over, then fails: found by fuzzing.</summary>
    public static byte[] FailsAfterWarning { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODv0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpR"
        + "Uk//2wBDAQ4ODgAHEyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PAwAAAE9PT09PT09PAAAAAk//wAARCAAgADADASIAAhEB"
        + "AxEB/8QAFwABAQEBAAAAAAAAAAAAAAAABAIRBf/EACAQAAMBAAEDBQAAAAAAAAAAAAABAwIRBAUSITFCYXH/xAAXAQEBAQEAAAAAAAAAAAAAAAADBAUC"
        + "/8QAHREAAgMBAAMBAAAAAAAAAAAAAAMBAhEEEhMhIv/aAAwDAQACEQMRAD8DAQIRBBITISL/2gAMAwEAAhEDEQA/AOTGY6MzOODsdqinV70ufFen6B0N"
        + "2cLF1wifT0yk9Y0lAOTGY6MzOODsdqinV70ufFen6B0N2cLF1wifT0yk9Y0l9oZLA0PTjDaRidtLViJgrVaCKaC00aU0FpoFKwHtCxwdXt78NNP5IJGY"
        + "6WCp/T420ai9jBoK++dNr2LpR8ccvgJTQTH++IiI+HFvwRTQWmjSmgtNFSFmV0NP/9k=");

    /// <summary>64x48 pixels coded with the Huffman tables of ITU-T T.81, annex K.3, as libjpeg does it by itself.</summary>
    public static byte[] StandardJpeg { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgMDA4MDhAQEBAQEBMSExQUFBMTExMUFBQVFRUZGRkVFRUUFBUVGBgZGRscGxoaGRocHB4eHiQkIiIqKiszMz7/"
        + "xAGiAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsBAAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKCxAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG"
        + "E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWW"
        + "l5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6EQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFR"
        + "B2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SV"
        + "lpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fr/wAARCAAwAEADASIAAhEAAxEA/9oADAMBAAIRAxEA"
        + "PwDy5jcyTvHDztXcfuAKoUEszNgKB6k4rStpdThkaNTtJQSE4hKGPBO/zDlNv+1uxnjrUsJVvt8O3zXf7M6w5KmVYm3SKp9dvYfN6A1to8f2H7J5eJf9b9k3"
        + "HeIzP5nl7uu7y+3+sxzivMzPM6mNn79NOPP7sJvn5IzUZOWrXur4fhS0+I+mxeETp4mhOpKUG3zRfwzdOp7sOW0ldtJrdrojPXVdUtJlzLtbG5TshYFWXgqQ"
        + "pVgR3Ga149f1mY4S4zgFj+7twAB1JJjAA9yax522fYIlxBIjSvsY58kSSbo95IPQcnPOOoqzbtuF5G2JpHZG2qcebskLPsIA6jkY5x0FeBOnRlFSdCi3trCO"
        + "3Py32ta3vfF8+p4GFwtOi5U6fuRve0Ulq6Sly6JPmv7nw38uhwv2S883ytnzeX5ucx7PLxnzPMz5ez/a3Yzx1qdHu7FmUnYWVGH3GVlIJVlYblYe6nFdlvi/"
        + "s77F5X77/XfYt53+V9o83yt/Xf5X8P8ArMc7ayJ22Jp8KbbeWN5H2O2fs4lmDxeYxB6Lgnd8wH3hX3UM4xtZ8sp1Lc8o/HLWMYuSrfHL3JNWVoyjrpNnpU8P"
        + "GhOM4TkpKPMmtGnL3XT2XvJNt6p2+yR2d9qDzDyn+ZQzE7YgFUDksWXaB7mt7+0dZ3+X5nOzzM7YNuzGd+/bs2++cZ461mWT7vt8TlZ5ZHjfapwJ/LlLSbCA"
        + "Oo5GOcdBXQbk+xfZfL/e/wCs+zbju8vzvM2buu7y+338c4rgxOY4iNS2r96EdZN2jKKk6l3JPki3bVJafEjhx2Ao46qqmI/eSjRdpVFzN8s5WopyhLV3urSb"
        + "10gzzi8/17/8B/8AQRUUXf8ACpbz/Xv/AMB/9BFRRd/wrlj/AA4/4Uelm++K/wCvsv8A04Xo/vD/AD2q9VGP7w/z2q9XLPf5HzeG+B/4v0Rx1Woe/wCFVatQ"
        + "9/wr7iWzOqj/ABI/P8mXo/vD/PartUo/vD/PartcE9zizD+LH/AvzYXNtNJMzKuQcd19B6mpbXTbuXdsizjGfnQdc+rVt10uk/8ALb/gH/s1fE1cVOnSdlHR"
        + "Jap90u5+gcUYSnhMsxmMg5OopU5Wk04XnXgnokn9p21OYg0TUZJFVYMk5/5aReh9XrZ/4RvVv+fb/wAiwf8AxyvRtP8A+PqP/gX/AKAa7mvl8Tm+IpzSUaXw"
        + "31Uu7/vn5rk1aWLw85zSTVVx93RW5Yvq33Piryn9P1FaFraTy79iZxjPKjrn1NFdNpH/AC2/4B/7NX9SV8nw8Kcmp1dLdY91/cPcyyKxGMpUpaKXPe2+kJPr"
        + "fsUoNLvJJFVYsk5/jj9D6tWx/YWpf88P/IkX/wAXXXaf/wAfUf8AwL/0A129fK4jB04TSTntfVru/I+a4vxE8qzClRoqMoyw0KjdS7d3UqL7Lire6uh//9k=");

    /// <summary>Without the segments of these kinds in its header, such as 0xC4 for the Huffman tables and 0xDB for those of quantisation.</summary>
    public static byte[] Without(byte[] jpeg, params byte[] markers)
    {
        var output = new List<byte>(jpeg[..2]);
        for (var at = 2; ;)
        {
            var end = at + 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
            if (!markers.Contains(jpeg[at + 1]))
            {
                output.AddRange(jpeg[at..end]);
            }

            if (jpeg[at + 1] == 0xDA)
            {
                return [.. output, .. jpeg[end..]];
            }

            at = end;
        }
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

    /// <summary>PNG 3rd edition, annex D.</summary>
    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    /// <summary>A WebP of so many frames (RFC 9649, 2.7), each the same scene.</summary>
    public static byte[] Animation(int width, int height, int frames)
    {
        var still = Encode(Scene(width, height), SKEncodedImageFormat.Webp)[12..];
        byte[] size = [(byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0];
        byte[] frame = [.. "ANMF"u8, .. BitConverter.GetBytes(16 + still.Length), 0, 0, 0, 0, 0, 0, .. size, 100, 0, 0, 0, .. still];
        byte[] chunks =
        [
            .. "VP8X"u8, 10, 0, 0, 0, 0x02, 0, 0, 0, .. size, .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            .. Enumerable.Range(0, frames).SelectMany(_ => frame),
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(4 + chunks.Length), .. "WEBP"u8, .. chunks];
    }
}
