using FaceEdge.Imaging;
using FaceEdge.Models;
using OpenCvSharp;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>OpenCV's own detector of the YuNet layout, FaceDetectorYN, on the same model file: letterbox by OpenCV, then detect.</summary>
internal sealed class OpenCvFaceDetector : IDisposable
{
    private const int TopK = 5000;

    private readonly string _folder = Directory.CreateTempSubdirectory("faceedge-model-").FullName;
    private readonly FaceDetectorYN _detector;
    private readonly InputShape _shape;
    private readonly Mat _input;
    private readonly Mat _faces = new();

    /// <param name="model">Of a fixed input, which OpenCV takes at any shape; it refuses files that declare a free one.</param>
    /// <param name="shape">Its input, as the detector has it that this is compared with.</param>
    /// <param name="threads">Of all of OpenCV in this process.</param>
    public OpenCvFaceDetector(ModelFile model, InputShape shape, int threads)
    {
        Cv2.SetNumThreads(threads);
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, model.Content);
        _shape = shape;
        _input = new Mat(shape.Height, shape.Width, MatType.CV_8UC3, OpenCvSharp.Scalar.All(0));
        _detector = FaceDetectorYN.Create(
            path, "", new Size(shape.Width, shape.Height), model.Description.ScoreThreshold, model.Description.OverlapThreshold, TopK);
    }

    /// <returns>Faces found.</returns>
    public int Detect(Frame frame)
    {
        using var mat = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Address, frame.Stride);
        var scale = Math.Min((double)_shape.Width / frame.Width, (double)_shape.Height / frame.Height);
        using var area = new Mat(_input, new Rect(0, 0, (int)(frame.Width * scale), (int)(frame.Height * scale)));
        Cv2.Resize(mat, area, area.Size());
        _detector.Detect(_input, _faces);
        return _faces.Rows;
    }

    public void Dispose()
    {
        _detector.Dispose();
        _input.Dispose();
        _faces.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
