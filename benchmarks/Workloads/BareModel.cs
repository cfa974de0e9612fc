using FaceEdge.Detection;
using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>
/// The model alone: one ONNX Runtime session with bound inputs and outputs and nothing around it. What detection costs above this is
/// ours.
/// </summary>
internal sealed class BareModel : IDisposable
{
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly InferenceBinding _binding;
    private readonly RunOptions _runOptions = new();

    /// <param name="model">Any of the YuNet layout.</param>
    /// <param name="threads">As the detector it is compared with.</param>
    /// <param name="shape">As the detector it is compared with: <see cref="FaceDetector.Input"/>.</param>
    public BareModel(ModelFile model, int threads, InputShape shape)
    {
        _options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _options.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        _session = new InferenceSession(model.Content, _options);
        _binding = new InferenceBinding(_session, shape);
    }

    public void Run() => _session.RunWithBinding(_runOptions, _binding.Values);

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
        _options.Dispose();
    }
}
