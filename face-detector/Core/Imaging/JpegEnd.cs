namespace FaceEdge.Imaging;

/// <summary>How the bytes of a JPEG end.</summary>
internal enum JpegEnd
{
    /// <summary>With the end-of-image marker.</summary>
    Marked,

    /// <summary>In the data of its one scan, without the marker: some cameras leave it out. Only decoding tells whether the data are all there.</summary>
    Unmarked,

    /// <summary>Before the picture can be whole, or it is no JPEG.</summary>
    Truncated,
}
