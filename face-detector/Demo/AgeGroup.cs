namespace FaceEdge.Capture.Demo;

internal enum AgeGroup
{
    Child,
    Adult,
    Elder,
}
