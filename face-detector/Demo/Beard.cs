namespace FaceEdge.Capture.Demo;

internal enum Beard
{
    None,
    Stubble,
    Moustache,
    Goatee,
    Full,
}
