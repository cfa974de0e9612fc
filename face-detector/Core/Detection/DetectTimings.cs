namespace FaceEdge.Detection;

/// <summary>How long the parts of one detection took.</summary>
/// <param name="Preprocess">Resize, letterbox and conversion to planar float.</param>
/// <param name="Inference">The model's run.</param>
/// <param name="DecodeBoxes">From the model's outputs to boxes: threshold, decoding, non-maximum suppression.</param>
internal readonly record struct DetectTimings(TimeSpan Preprocess, TimeSpan Inference, TimeSpan DecodeBoxes)
{
    public TimeSpan Total => Preprocess + Inference + DecodeBoxes;
}
