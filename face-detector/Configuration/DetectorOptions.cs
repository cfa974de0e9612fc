using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;

namespace FaceEdge.Configuration;

/// <summary>The part of the section <c>Detector</c> that holds for a whole run.</summary>
/// <param name="Model">A name of the catalogue or the path of an .onnx file; null takes the default model.</param>
/// <param name="MaxFramesPerSecond">Frames of a camera a second that go through the model; 0 takes all. Others keep the boxes of the one before.</param>
/// <param name="Tracking">Whether faces are followed from frame to frame, and have numbers.</param>
/// <param name="Inference">How ONNX Runtime runs the model.</param>
internal sealed record DetectorOptions(string? Model, int MaxFramesPerSecond, bool Tracking, InferenceOptions Inference)
{
    private static readonly SettingRule<int> InputSide = new(
        $"a multiple of {InputShape.Grain} from {InferenceOptions.MinInputSide} to {InferenceOptions.MaxInputSide}",
        (string text, out int value) =>
            int.TryParse(text, out value)
            && value is >= InferenceOptions.MinInputSide and <= InferenceOptions.MaxInputSide
            && value % InputShape.Grain == 0);

    private static readonly SettingRule<GraphOptimizationLevel> Optimisation = new(
        "\"none\", \"basic\", \"extended\" or \"all\"",
        (string text, out GraphOptimizationLevel value) =>
        {
            GraphOptimizationLevel? level = text.ToUpperInvariant() switch
            {
                "NONE" => GraphOptimizationLevel.ORT_DISABLE_ALL,
                "BASIC" => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                "EXTENDED" => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                "ALL" => GraphOptimizationLevel.ORT_ENABLE_ALL,
                _ => null,
            };
            value = level.GetValueOrDefault();
            return level is not null;
        });

    public static DetectorOptions Read(SettingsReader reader)
    {
        var standard = new InferenceOptions();
        return new DetectorOptions(
            reader.Read("Detector:Model", (string?)null, SettingRules.Path!),
            reader.Read("Detector:MaxFramesPerSecond", 0, SettingRules.Whole(0, 240)),
            reader.Read("Detector:Tracking", true, SettingRules.Switch),
            new InferenceOptions
            {
                IntraOpThreads = reader.Read("Detector:Threads", standard.IntraOpThreads, SettingRules.Whole(1, 64)),
                Spinning = reader.Read("Detector:Spinning", standard.Spinning, SettingRules.Switch),
                OptimizationLevel = reader.Read("Detector:Optimisation", standard.OptimizationLevel, Optimisation),
                InputSide = reader.Read("Detector:InputSide", standard.InputSide, InputSide),
            });
    }
}
