using System.Text.Json.Serialization;
using FaceEdge.Contracts;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>Two models on the same pictures.</summary>
/// <param name="A">The model in use.</param>
/// <param name="B">The one that would take its place.</param>
/// <param name="InputSide">Pixels of the longer side of the models' input.</param>
/// <param name="Pictures">How many were read.</param>
/// <param name="Labelled">How many of them have labels; average precision is over these.</param>
/// <param name="LabelsSha256">Of the file of labels; null without one.</param>
/// <param name="Agreement">What both find, each at its own threshold.</param>
/// <param name="Latency">B's time over A's.</param>
/// <param name="Strongest">The pictures on which they differ most, strongest first.</param>
/// <param name="Unread">Pictures that could not be read, one line each.</param>
internal sealed record ComparisonReport(
    ComparedModel A,
    ComparedModel B,
    int InputSide,
    int Pictures,
    int Labelled,
    string? LabelsSha256,
    Agreement Agreement,
    LatencyRatio Latency,
    IReadOnlyList<PictureDifference> Strongest,
    IReadOnlyList<string> Unread);

/// <summary>One of the two models and what it came to.</summary>
/// <param name="Name">The catalogue's, or the file's.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="ScoreThreshold">Confidence score from which a face counts.</param>
/// <param name="Faces">How many it finds at that threshold.</param>
/// <param name="Sizes">Average precision by size; null without labels.</param>
/// <param name="Milliseconds">Median time of a detection: preprocessing, inference and decoding of boxes.</param>
internal sealed record ComparedModel(
    string Name,
    string Sha256,
    long Bytes,
    float ScoreThreshold,
    int Faces,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SizeClassResult>? Sizes,
    double Milliseconds);
