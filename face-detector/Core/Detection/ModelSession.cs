using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace FaceEdge.Detection;

/// <summary>
/// A model of the YuNet layout, loaded by ONNX Runtime. Its detectors may run at the same time, each on a thread of its own, and share weights and working
/// memory: what a further one takes is its input and outputs.
/// </summary>
/// <remarks>Reference counted: the session lives until whoever loaded it and the last of its detectors are disposed.</remarks>
internal sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelFile _file;
    private readonly InputShape? _fixedShape;
    private readonly int _inputSide;
    private int _references = 1;

    static ModelSession() => RuntimeTelemetry.Silence();

    private ModelSession(ModelFile file, InferenceOptions options, InferenceSession session)
    {
        _file = file;
        _session = session;
        _inputSide = options.InputSide;
        _fixedShape = YuNetLayout.Check(session, file);
    }

    public ModelDescription Model => _file.Description;

    /// <summary>The model's input for most cameras, whose frames are 16:9.</summary>
    public InputShape UsualShape => ShapeFor(16, 9);

    /// <summary>
    /// Loads ONNX Runtime, which takes a tenth of a second and needs no model; the first session does it otherwise. Where that fails, the first session says why.
    /// </summary>
    public static void LoadRuntime() => _ = OrtEnv.Instance();

    /// <summary>Makes a session of the model and runs it once, so that the first frame is as fast as the others.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public static ModelSession Load(ModelFile model, InferenceOptions options)
    {
        var faults = options.Validate("InferenceOptions");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        using var sessionOptions = CreateSessionOptions(options);
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(model.Content, sessionOptions);
            var loaded = new ModelSession(model, options, session);
            using var runOptions = new RunOptions();
            using var binding = loaded.Bind(loaded.UsualShape);
            session.RunWithBinding(runOptions, binding.Values);
            return loaded;
        }
        catch (OnnxRuntimeException exception)
        {
            session?.Dispose();
            throw new InvalidModelException(
                $"Model {model.Source} cannot be used: expected an ONNX face detector of the YuNet layout; ONNX Runtime says: {exception.Message}", exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>A detector of its own for one camera, or one thread.</summary>
    public FaceDetector CreateDetector() => new(AddReference());

    /// <summary>The model's input for frames of a size.</summary>
    public InputShape ShapeFor(int width, int height) => _fixedShape ?? InputShape.Around(width, height, _inputSide);

    public InferenceBinding Bind(InputShape shape) => new(_session, shape);

    /// <summary>Safe to call from many threads, each with a binding of its own.</summary>
    public void Run(RunOptions options, InferenceBinding binding) => _session.RunWithBinding(options, binding.Values);

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _session.Dispose();
        }
    }

    private ModelSession AddReference()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) < 1, this);
        Interlocked.Increment(ref _references);
        return this;
    }

    private static SessionOptions CreateSessionOptions(InferenceOptions options)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = options.OptimizationLevel,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");

        // Activations that fade out become denormals, which some processors compute a hundred times slower.
        session.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        return session;
    }
}
