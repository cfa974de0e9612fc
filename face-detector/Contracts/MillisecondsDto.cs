namespace FaceEdge.Contracts;

/// <summary>Time in each stage.</summary>
/// <param name="Decode">From the encoded picture to pixels; null for a camera's frame.</param>
/// <param name="Preprocess">Resize, letterbox and conversion to planar float.</param>
/// <param name="Inference">The model's run.</param>
/// <param name="DecodeBoxes">From the model's outputs to boxes.</param>
internal sealed record MillisecondsDto(double? Decode, double Preprocess, double Inference, double DecodeBoxes);
