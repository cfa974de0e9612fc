namespace FaceEdge.Demo;

internal enum Headwear
{
    None,
    Beanie,
    Cap,
    SunHat,
    Headscarf,
    Turban,
}
