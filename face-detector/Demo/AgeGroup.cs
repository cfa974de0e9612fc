namespace FaceEdge.Demo;

internal enum AgeGroup
{
    Child,
    Adult,
    Elder,
}
