namespace FaceEdge.Capture.Demo;

internal enum Headwear
{
    None,
    Beanie,
    Cap,
    SunHat,
    Headscarf,
    Turban,
}
