namespace FaceEdge.Demo;

internal enum Eyewear
{
    None,
    Round,
    Square,
    Sunglasses,
}
