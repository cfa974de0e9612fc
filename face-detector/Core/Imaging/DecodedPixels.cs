namespace FaceEdge.Imaging;

/// <summary>What a decoder makes of a picture.</summary>
internal enum DecodedPixels
{
    /// <summary>BGR24, whatever the picture is coded in.</summary>
    Bgr,

    /// <summary>Planes of 4:2:0 where the picture is coded in them and the decoder can tell, else BGR24: nothing is converted, and a frame is half as large.</summary>
    AsCoded,
}
