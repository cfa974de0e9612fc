namespace FaceEdge.Demo;

internal enum Beard
{
    None,
    Stubble,
    Moustache,
    Goatee,
    Full,
}
