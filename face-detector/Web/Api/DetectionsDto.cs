using FaceEdge.Contracts;

namespace FaceEdge.Web.Api;

/// <summary>What was found in a camera's newest frame.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="Live">False while the camera sends nothing; then there are no faces.</param>
/// <param name="Sequence">Counts the camera's frames; 0 before the first.</param>
/// <param name="At">When the frame arrived.</param>
/// <param name="Width">Of the frame, in pixels.</param>
/// <param name="Height">Of the frame, in pixels.</param>
/// <param name="Mode">What is boxed on the page.</param>
/// <param name="Faces">Strongest first.</param>
/// <param name="Milliseconds">Time in each stage.</param>
internal sealed record DetectionsDto(
    string Camera,
    bool Live,
    long Sequence,
    DateTimeOffset At,
    int Width,
    int Height,
    DetectionMode Mode,
    FaceDto[] Faces,
    MillisecondsDto Milliseconds);
