using System.Text.Json.Serialization;
using FaceEdge.Detection;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>A face that one model finds and the other does not, each at its own threshold.</summary>
/// <param name="ByB">Whether B finds it; else A.</param>
/// <param name="Box">Pixels of the picture.</param>
/// <param name="Score">The finder's confidence score.</param>
/// <param name="OtherScore">The other's best confidence score there, under its threshold; 0 where it sees nothing.</param>
/// <param name="IsRight">Whether a face is labelled there; null without labels, or where they are not sure.</param>
internal sealed record FaceDifference(
    bool ByB, Box Box, float Score, float OtherScore, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsRight)
{
    public float Strength => Score - OtherScore;
}
