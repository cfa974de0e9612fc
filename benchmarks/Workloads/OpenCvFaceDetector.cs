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
    private readonly int _side;
    private readonly Mat _input;
    private readonly Mat _faces = new();

    /// <param name="model">A model of a fixed, square input.</param>
    /// <param name="side">That input's side.</param>
    /// <param name="threads">Of all of OpenCV in this process.</param>
    public OpenCvFaceDetector(ModelFile model, int side, int threads)
    {
        Cv2.SetNumThreads(threads);
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, model.Content);
        _side = side;
        _input = new Mat(side, side, MatType.CV_8UC3, OpenCvSharp.Scalar.All(0));
        _detector = FaceDetectorYN.Create(
            path, "", new Size(side, side), model.Description.ScoreThreshold, model.Description.OverlapThreshold, TopK);
    }

    /// <returns>Faces found.</returns>
    public int Detect(Frame frame)
    {
        using var picture = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Address, frame.Stride);
        var scale = (double)_side / Math.Max(frame.Width, frame.Height);
        using var area = new Mat(_input, new Rect(0, 0, (int)(frame.Width * scale), (int)(frame.Height * scale)));
        Cv2.Resize(picture, area, area.Size());
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
