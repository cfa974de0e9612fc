namespace FaceEdge.Imaging;

/// <summary>EXIF orientation (CIPA DC-008, tag 0x0112): where the stored first row and first column lie in the upright picture.</summary>
internal enum Orientation
{
    TopLeft = 1,
    TopRight = 2,
    BottomRight = 3,
    BottomLeft = 4,
    LeftTop = 5,
    RightTop = 6,
    RightBottom = 7,
    LeftBottom = 8,
}
