namespace FaceEdge.Demo;

internal enum Garment
{
    CrewNeck,
    VNeck,
    Shirt,
    Hoodie,
    Scarf,
}
