namespace FaceEdge.Contracts;

/// <summary>What is boxed: whole faces, or the two eyes of each face.</summary>
internal enum DetectionMode
{
    Face,
    Eyes,
}
