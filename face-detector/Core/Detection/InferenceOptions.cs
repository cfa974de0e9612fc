using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;

namespace FaceEdge.Detection;

/// <summary>How ONNX Runtime runs the model. The defaults were measured on two cores; docs/measurements/2026-11-23-models.md has the figures.</summary>
internal sealed record InferenceOptions
{
    public const int MinInputSide = 64;
    public const int MaxInputSide = 1920;

    /// <summary>Threads that share one run, the caller's included. One keeps the other cores free for other cameras and codecs.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Whether idle threads of a run spin; off, because hosts at the edge run other work.</summary>
    public bool Spinning { get; init; }

    public GraphOptimizationLevel OptimizationLevel { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>Pixels of the longer side of the model's input; larger finds smaller faces and takes longer. Models of a fixed input ignore it.</summary>
    public int InputSide { get; init; } = 320;

    /// <summary>Every fault at once, each naming the key, the value and what is allowed; empty when all is well.</summary>
    /// <param name="section">The configuration section that the options come from, for the messages.</param>
    public IReadOnlyList<string> Validate(string section)
    {
        var faults = new List<string>();
        if (IntraOpThreads < 1 || IntraOpThreads > 64)
        {
            faults.Add($"{section}:{nameof(IntraOpThreads)} is {IntraOpThreads}; allowed: 1 to 64.");
        }

        if (!Enum.IsDefined(OptimizationLevel))
        {
            faults.Add($"{section}:{nameof(OptimizationLevel)} is {OptimizationLevel}; allowed: {string.Join(", ", Enum.GetNames<GraphOptimizationLevel>())}.");
        }

        if (InputSide is < MinInputSide or > MaxInputSide || InputSide % InputShape.Grain != 0)
        {
            faults.Add($"{section}:{nameof(InputSide)} is {InputSide}; allowed: multiples of {InputShape.Grain} from {MinInputSide} to {MaxInputSide}.");
        }

        return faults;
    }
}
