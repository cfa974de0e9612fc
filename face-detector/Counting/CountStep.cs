namespace FaceEdge.Counting;

/// <summary>How long each count of an answer is.</summary>
internal enum CountStep
{
    Minute,
    Hour,
    Day,
}
