using System.Runtime.InteropServices;

namespace FaceEdge.Tests.Detection.Onnx;

/// <summary>Builds small ONNX files; field numbers are those of onnx/onnx.proto3.</summary>
internal sealed class OnnxGraph
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int AttributeOfInts = 7;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "test");

    public OnnxGraph Input(string name, params object[] dimensions)
    {
        _graph.Message(11, Value(name, dimensions));
        return this;
    }

    public OnnxGraph Output(string name, params object[] dimensions)
    {
        _graph.Message(12, Value(name, dimensions));
        return this;
    }

    public OnnxGraph Constant(string name, float[] values, params long[] dimensions)
    {
        _graph.Message(5, Tensor(name, Float, dimensions).Bytes(9, MemoryMarshal.AsBytes<float>(values)));
        return this;
    }

    public OnnxGraph Constant(string name, long[] values)
    {
        _graph.Message(5, Tensor(name, Int64, [values.Length]).Bytes(9, MemoryMarshal.AsBytes<long>(values)));
        return this;
    }

    public OnnxGraph Node(string operation, string[] inputs, string output, params (string Name, long[] Values)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(3, output).Text(4, operation);
        foreach (var (name, values) in attributes)
        {
            var attribute = new ProtobufWriter().Text(1, name);
            foreach (var value in values)
            {
                attribute.Number(8, value);
            }

            node.Message(5, attribute.Number(20, AttributeOfInts));
        }

        _graph.Message(1, node);
        return this;
    }

    public byte[] Build() => new ProtobufWriter()
        .Number(1, 8)
        .Message(8, new ProtobufWriter().Text(1, string.Empty).Number(2, 13))
        .Message(7, _graph)
        .ToArray();

    private static ProtobufWriter Tensor(string name, int type, long[] dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            tensor.Number(1, dimension);
        }

        return tensor.Number(2, type).Text(8, name);
    }

    private static ProtobufWriter Value(string name, object[] dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            shape.Message(1, dimension is string free ? new ProtobufWriter().Text(2, free) : new ProtobufWriter().Number(1, Convert.ToInt64(dimension)));
        }

        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Number(1, Float).Message(2, shape)));
    }
}
