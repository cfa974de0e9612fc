
namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>Measures blocks one after the other: with real processes, or from a model in a simulation.</summary>
public interface IBlockSource
{
    /// <param name="index">0 for the first; odd blocks run in the opposite order of even ones.</param>
    /// <param name="cancellation">Ends the measurement and its processes.</param>
    /// <exception cref="LatencyGateException">A process could not be started or broke off.</exception>
    Task<Block> MeasureAsync(int index, CancellationToken cancellation);
}
