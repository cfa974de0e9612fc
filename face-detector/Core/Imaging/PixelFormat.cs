namespace FaceEdge.Imaging;

/// <summary>How a frame's pixels lie in memory.</summary>
internal enum PixelFormat
{
    /// <summary>Three bytes a pixel: blue, green, red.</summary>
    Bgr24,

    /// <summary>A plane of luma, then Cb, then Cr of half its size each way (4:2:0), ITU-R BT.601, luma from 16 to 235: what video is coded in.</summary>
    I420,

    /// <summary>The same with luma from 0 to 255: what JPEG is coded in.</summary>
    I420Full,
}
