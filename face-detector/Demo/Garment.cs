namespace FaceEdge.Capture.Demo;

internal enum Garment
{
    CrewNeck,
    VNeck,
    Shirt,
    Hoodie,
    Scarf,
}
