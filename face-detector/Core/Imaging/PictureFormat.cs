namespace FaceEdge.Imaging;

/// <summary>The file formats that both backends decode.</summary>
internal enum PictureFormat
{
    Jpeg,
    Png,
    WebP,
}
