namespace FaceEdge.Evaluation.Comparison;

/// <summary>How many faces both models find, and how many only one of them.</summary>
/// <param name="Both">Boxes that overlap by half or more.</param>
/// <param name="OnlyA">Found by A alone.</param>
/// <param name="OnlyB">Found by B alone.</param>
/// <param name="Overlap">Mean intersection over union of the boxes in <paramref name="Both"/>, 0 to 1; 0 without any.</param>
internal sealed record Agreement(int Both, int OnlyA, int OnlyB, double Overlap)
{
    /// <summary>The share of all faces that both find, 0 to 1; 1 where neither finds any.</summary>
    public double Share => Both + OnlyA + OnlyB is > 0 and var all ? (double)Both / all : 1;
}
