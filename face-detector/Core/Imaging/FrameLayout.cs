namespace FaceEdge.Imaging;

/// <summary>Where a frame's pixels lie: rows packed, planes one after the other.</summary>
/// <param name="Format">One plane of BGR, or three of 4:2:0.</param>
/// <param name="Width">Pixels in a row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
internal readonly record struct FrameLayout(PixelFormat Format, int Width, int Height)
{
    public bool IsPlanar => Format != PixelFormat.Bgr24;

    /// <summary>Bytes of a row of the first plane.</summary>
    public int Stride => IsPlanar ? Width : Width * 3;

    /// <summary>Samples in a row of a chroma plane, rounded up.</summary>
    public int ChromaWidth => (Width + 1) / 2;

    /// <summary>Rows of a chroma plane, rounded up.</summary>
    public int ChromaHeight => (Height + 1) / 2;

    /// <summary>Bytes of the first plane.</summary>
    public int FirstPlaneBytes => checked(Stride * Height);

    /// <summary>Bytes of one chroma plane; 0 where there is none.</summary>
    public int ChromaBytes => IsPlanar ? ChromaWidth * ChromaHeight : 0;

    public int ByteCount => checked(FirstPlaneBytes + (2 * ChromaBytes));
}
