namespace FaceEdge.Capture.Demo;

internal enum Eyewear
{
    None,
    Round,
    Square,
    Sunglasses,
}
