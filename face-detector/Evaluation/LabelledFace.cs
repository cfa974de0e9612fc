using FaceEdge.Detection;

namespace FaceEdge.Evaluation;

/// <summary>One face that is known to be in a picture.</summary>
/// <param name="Box">In pixels, origin top left.</param>
/// <param name="Ignored">Nobody is sure of it: a prediction there is neither right nor wrong, and none there is no miss.</param>
/// <param name="Landmarks">Where its eyes, nose and mouth are; null where the labels do not say.</param>
/// <param name="Yaw">Degrees by which it is turned to a side, positive towards the picture's right; null where the labels do not say.</param>
internal sealed record LabelledFace(Box Box, bool Ignored = false, Landmarks? Landmarks = null, float? Yaw = null);
