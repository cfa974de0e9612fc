using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FaceEdge.Detection;

/// <summary>The inputs and outputs that a model must have, and the check that it has them.</summary>
internal static class YuNetLayout
{
    public const string ClassScores = "cls";
    public const string ObjectScores = "obj";
    public const string Boxes = "bbox";
    public const string Landmarks = "kps";

    private const string ExpectedInput = "one float32 input of shape [1, 3, height, width], height and width free or multiples of 32";

    private static readonly (string Kind, int Length)[] Kinds =
    [
        (ClassScores, 1), (ObjectScores, 1), (Boxes, YuNetGrid.BoxLength), (Landmarks, YuNetGrid.LandmarksLength),
    ];

    public static ReadOnlySpan<int> Strides => [8, 16, 32];

    public static string OutputName(string kind, int stride) => $"{kind}_{stride}";

    /// <summary>Checks names, types and shapes as the file declares them.</summary>
    /// <returns>The one shape that the model takes, or null when it takes any multiple of 32.</returns>
    /// <exception cref="InvalidModelException">Something is missing or different; names the file, what was found and what was expected.</exception>
    public static InputShape? Check(InferenceSession session, ModelFile model)
    {
        var fixedShape = CheckInput(session, model);
        foreach (var stride in Strides)
        {
            foreach (var (kind, length) in Kinds)
            {
                CheckOutput(session, model, OutputName(kind, stride), length, Cells(fixedShape, stride));
            }
        }

        return fixedShape;
    }

    private static int? Cells(InputShape? shape, int stride) => shape is { } known ? known.Width / stride * (known.Height / stride) : null;

    private static InputShape? CheckInput(InferenceSession session, ModelFile model)
    {
        if (session.InputMetadata.Count != 1)
        {
            throw Refuse(model, $"it has {session.InputMetadata.Count} inputs", ExpectedInput);
        }

        var (name, input) = session.InputMetadata.Single();
        var dimensions = input.Dimensions;
        if (!IsFloatTensor(input) || dimensions.Length != 4 || dimensions[0] is not (1 or -1) || dimensions[1] != 3)
        {
            throw Refuse(model, $"its input '{name}' is {Describe(input)}", ExpectedInput);
        }

        var (height, width) = (dimensions[2], dimensions[3]);
        if (height == -1 && width == -1)
        {
            return null;
        }

        if (height <= 0 || width <= 0 || height % InputShape.Grain != 0 || width % InputShape.Grain != 0)
        {
            throw Refuse(model, $"its input '{name}' is {Describe(input)}", ExpectedInput);
        }

        return new InputShape(width, height);
    }

    private static void CheckOutput(InferenceSession session, ModelFile model, string name, int length, int? cells)
    {
        var expected = $"a float32 output '{name}' of shape [1, {cells?.ToString() ?? "cells"}, {length}]";
        if (!session.OutputMetadata.TryGetValue(name, out var output))
        {
            throw Refuse(model, $"it has no output '{name}' but {string.Join(", ", session.OutputMetadata.Keys)}", expected);
        }

        var dimensions = output.Dimensions;
        var fits = IsFloatTensor(output)
            && dimensions.Length == 3
            && dimensions[0] is 1 or -1
            && (dimensions[1] == -1 || cells is null || dimensions[1] == cells)
            && (dimensions[2] == -1 || dimensions[2] == length);
        if (!fits)
        {
            throw Refuse(model, $"its output '{name}' is {Describe(output)}", expected);
        }
    }

    private static bool IsFloatTensor(NodeMetadata node) => node.IsTensor && node.ElementDataType == TensorElementType.Float;

    private static string Describe(NodeMetadata node)
        => node.IsTensor
            ? $"{node.ElementDataType} [{string.Join(", ", node.Dimensions.Select(d => d < 0 ? "?" : d.ToString()))}]"
            : node.OnnxValueType.ToString();

    private static InvalidModelException Refuse(ModelFile model, string found, string expected)
        => new($"Model {model.Source} cannot be used: {found}; expected {expected}.");
}
