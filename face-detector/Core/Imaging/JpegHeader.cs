namespace FaceEdge.Imaging;

/// <summary>What the segments of a JPEG before its first scan say (ITU-T T.81, annex B).</summary>
internal ref struct JpegHeader
{
    private const byte FirstFrame = 0xC0;
    private const byte LastFrame = 0xCF;
    private const byte HuffmanTables = 0xC4;
    private const byte Extension = 0xC8;
    private const byte ArithmeticTables = 0xCC;
    private const byte QuantisationTables = 0xDB;
    private const byte Application1 = 0xE1;

    public bool HasFrame { get; private set; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows; 0 where only a marker behind the scan says how many.</summary>
    public int Height { get; private set; }

    /// <summary>Without them there are no pixels: no standard names any.</summary>
    public bool HasQuantisationTables { get; private set; }

    /// <summary>Without them the standard ones are meant.</summary>
    public bool HasHuffmanTables { get; private set; }

    /// <summary>TIFF data, or nothing.</summary>
    public ReadOnlySpan<byte> Exif { get; private set; }

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    /// <summary>Takes in one segment.</summary>
    internal void Read(byte marker, ReadOnlySpan<byte> data)
    {
        switch (marker)
        {
            case HuffmanTables or ArithmeticTables:
                HasHuffmanTables = true;
                break;
            case QuantisationTables:
                HasQuantisationTables = true;
                break;
            case Application1 when Exif.IsEmpty && data.StartsWith(ExifPrefix):
                Exif = data[ExifPrefix.Length..];
                break;
            case >= FirstFrame and <= LastFrame and not Extension when !HasFrame && data.Length >= 6:
                Height = (data[1] << 8) | data[2];
                Width = (data[3] << 8) | data[4];
                HasFrame = true;
                break;
        }
    }
}
