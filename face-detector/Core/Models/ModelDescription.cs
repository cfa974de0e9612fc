namespace FaceEdge.Models;

/// <summary>What the service says of the model it runs.</summary>
/// <param name="Name">The catalogue's name, or the name of a file that is in no catalogue.</param>
/// <param name="Family">"yunet", "faceedge" or "file"; all share one output layout.</param>
/// <param name="Sha256">Of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Licence">SPDX identifier, or "unknown" for a file that is in no catalogue.</param>
/// <param name="ScoreThreshold">Confidence score from which a face counts unless the settings say otherwise, 0 to 1.</param>
/// <param name="OverlapThreshold">Intersection over union from which non-maximum suppression drops the weaker of two boxes, 0 to 1.</param>
internal sealed record ModelDescription(
    string Name,
    string Family,
    string Sha256,
    long Size,
    string Licence,
    float ScoreThreshold,
    float OverlapThreshold);
