namespace FaceEdge.Imaging;

/// <summary>How the bytes of a JPEG end.</summary>
internal enum JpegEnd
{
    /// <summary>With the end-of-image marker.</summary>
    Marked,

    /// <summary>In the data of its one scan, without the marker: some cameras leave it out. Whether the data are all there only decoding tells.</summary>
    Unmarked,

    /// <summary>Before its picture can be whole, or it is no JPEG.</summary>
    Truncated,
}
