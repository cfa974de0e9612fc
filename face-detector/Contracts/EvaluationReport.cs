using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>How well a model finds the faces of a labelled set.</summary>
/// <param name="Model">Its name.</param>
/// <param name="ModelSha256">Of its file.</param>
/// <param name="LabelsSha256">Of the file of labels.</param>
/// <param name="InputSide">Pixels of the longer side of the model's input.</param>
/// <param name="Pictures">How many.</param>
/// <param name="Sizes">One for each size class of faces.</param>
/// <param name="MillisecondsPerPicture">Median of preprocess, inference and decoding of boxes.</param>
/// <param name="Eyes">How exact the eye centres are, by size and yaw; null when the labels carry no landmarks.</param>
internal sealed record EvaluationReport(
    string Model,
    string ModelSha256,
    string LabelsSha256,
    int InputSide,
    int Pictures,
    IReadOnlyList<SizeClassResult> Sizes,
    double MillisecondsPerPicture,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EyeErrorResult>? Eyes = null);
