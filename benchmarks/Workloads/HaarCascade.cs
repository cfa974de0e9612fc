using FaceEdge.Imaging;
using OpenCvSharp;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>The frontal-face Haar cascade as the demo that this service replaces used it: grey frame, scale 1.1, four neighbours.</summary>
internal static class HaarCascade
{
    /// <summary>Names the XML file where the system has it in no usual place.</summary>
    public const string Variable = "FACEEDGE_HAAR_CASCADE";

    private const double ScaleFactor = 1.1;
    private const int MinNeighbours = 4;

    /// <summary>Debian and Ubuntu: package opencv-data.</summary>
    private const string SystemFile = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml";

    /// <exception cref="InvalidOperationException">The cascade is not on this machine.</exception>
    public static string File()
    {
        var file = Environment.GetEnvironmentVariable(Variable) ?? SystemFile;
        return System.IO.File.Exists(file)
            ? file
            : throw new InvalidOperationException($"No Haar cascade at {file}: install opencv-data, or name the XML file in {Variable}.");
    }

    public static Rect[] Detect(CascadeClassifier cascade, Mat mat)
    {
        using var grey = new Mat();
        Cv2.CvtColor(mat, grey, ColorConversionCodes.BGR2GRAY);
        return cascade.DetectMultiScale(grey, ScaleFactor, MinNeighbours);
    }

    public static Mat Wrap(Frame frame) => Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Address, frame.Stride);
}
