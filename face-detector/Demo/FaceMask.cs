namespace FaceEdge.Demo;

/// <summary>What covers mouth and nose.</summary>
internal enum FaceMask
{
    None,
    Surgical,
    Cloth,
}
