using System.Security.Cryptography;
using FaceEdge.Models;

namespace FaceEdge.Tests.Detection.Onnx;

/// <summary>
/// A detector of the YuNet layout that needs no training: it takes a cell of 32 input pixels for a face of exactly that square, with a
/// confidence score of sqrt(blue × green / 255²). The finer strides find nothing. So a test knows every face beforehand.
/// </summary>
internal static class SquareModel
{
    public const int Cell = 32;

    /// <summary>Eyes, nose and mouth corners as shares of the square.</summary>
    public static readonly float[] LandmarkShares = [.3f, .4f, .7f, .4f, .5f, .6f, .35f, .8f, .65f, .8f];

    /// <summary>Takes any multiple of 32.</summary>
    public static ModelFile Dynamic { get; } = File(Build("height", "width"));

    /// <summary>Takes one shape.</summary>
    public static ModelFile Fixed(int width, int height) => File(Build(height, width));

    /// <param name="height">A number, or a name for a free dimension.</param>
    /// <param name="width">The same.</param>
    /// <param name="leftOut">The name of an output that is missing.</param>
    /// <param name="boxLength">Values per box; 4 in the layout.</param>
    /// <param name="channels">Channels of the input; 3 in the layout.</param>
    /// <param name="strength">What its scores are multiplied by.</param>
    /// <param name="box">Centre and logarithm of the size that it says of each face.</param>
    public static byte[] Build(object height, object width, string? leftOut = null, int boxLength = 4, int channels = 3, float strength = 1, float[]? box = null)
    {
        var graph = new OnnxGraph().Input("input", 1, channels, height, width);
        foreach (var stride in new[] { 8, 16, 32 })
        {
            var cells = height is int h && width is int w ? h / stride * (w / stride) : (object)$"cells_{stride}";
            graph.Node("AveragePool", ["input"], $"mean_{stride}", ("kernel_shape", [stride, stride]), ("strides", [stride, stride]));
            var found = stride == Cell ? strength / 255 : 0;
            Head(graph, "cls", stride, cells, Weights(1, channels, 0, found), [0], leftOut);
            Head(graph, "obj", stride, cells, Weights(1, channels, 1, found), [0], leftOut);
            Head(graph, "bbox", stride, cells, new float[boxLength * channels], [.. (box ?? [.5f, .5f, 0, 0, 0]).Take(boxLength)], leftOut);
            Head(graph, "kps", stride, cells, new float[10 * channels], LandmarkShares, leftOut);
        }

        return graph.Build();
    }

    public static ModelFile File(byte[] content, string source = "square.onnx")
        => new(
            new ModelDescription("square", "test", Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, "MIT", 0.6f, 0.45f),
            source,
            content);

    private static float[] Weights(int outputs, int channels, int channel, float weight)
    {
        var weights = new float[outputs * channels];
        weights[channel % channels] = weight;
        return weights;
    }

    private static void Head(OnnxGraph graph, string kind, int stride, object cells, float[] weights, float[] bias, string? leftOut)
    {
        var name = $"{kind}_{stride}";
        if (name == leftOut)
        {
            return;
        }

        graph.Constant($"{name}_w", weights, bias.Length, weights.Length / bias.Length, 1, 1)
            .Constant($"{name}_b", bias, bias.Length)
            .Constant($"{name}_shape", [1, -1, bias.Length])
            .Node("Conv", [$"mean_{stride}", $"{name}_w", $"{name}_b"], $"{name}_map")
            .Node("Transpose", [$"{name}_map"], $"{name}_last", ("perm", [0, 2, 3, 1]))
            .Node("Reshape", [$"{name}_last", $"{name}_shape"], name)
            .Output(name, 1, cells, bias.Length);
    }
}
