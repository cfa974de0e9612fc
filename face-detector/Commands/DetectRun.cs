using System.Diagnostics;
using System.Globalization;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Commands;

/// <summary>Takes pictures through the detector one by one; a picture that cannot be read is reported and the next one follows.</summary>
internal sealed class DetectRun
{
    private const int MostFaces = 1024;

    private readonly FaceDetector _detector;
    private readonly PictureFileReader _reader;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Face[] _faces = new Face[MostFaces];

    public DetectRun(FaceDetector detector, PictureFileReader reader, TextWriter output, TextWriter error)
    {
        _detector = detector;
        _reader = reader;
        _output = output;
        _error = error;
    }

    public required float Threshold { get; init; }

    public required DetectionMode Mode { get; init; }

    public required bool WritesJson { get; init; }

    /// <summary>Null when no pictures are to be written.</summary>
    public required AnnotationFolder? Annotations { get; init; }

    /// <returns>How many pictures could not be read.</returns>
    public int Run(IReadOnlyList<PictureFile> pictures, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var pool = new FramePool();
        var failed = 0;
        for (var i = 0; i < pictures.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Detect(pictures[i], _reader.Read(pictures[i].Path), pool);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidImageException)
            {
                _error.WriteLine($"{pictures[i].Path}: {PictureFileReader.WhyNot(pictures[i].Path, exception)}");
                failed++;
            }

            progress.Report(i + 1);
        }

        return failed;
    }

    private void Detect(PictureFile picture, byte[] encoded, FramePool pool)
    {
        var start = Stopwatch.GetTimestamp();
        using var frame = _reader.Decode(encoded, pool);
        var decode = Stopwatch.GetElapsedTime(start);
        var count = _detector.Detect(frame.View, Threshold, _faces, out var timings);
        var faces = _faces.AsSpan(0, count);
        WriteLine(WritesJson
            ? new DetectLine(
                picture.Path, frame.Width, frame.Height, _detector.Model.Name, faces.ToDocument(frame.Width, frame.Height), timings.ToDocument(decode)).ToJson()
            : Describe(picture, faces, timings));
        Annotations?.Write(picture, frame, faces, Mode);
    }

    /// <summary>A full disk is not the picture's fault, and no reason to try the next one.</summary>
    private void WriteLine(string line)
    {
        try
        {
            _output.WriteLine(line);
        }
        catch (IOException exception)
        {
            throw new CommandException($"The results cannot be written: {exception.Message}", exception);
        }
    }

    private static string Describe(PictureFile picture, ReadOnlySpan<Face> faces, in DetectTimings timings)
    {
        var found = faces.Length switch
        {
            0 => "no face",
            1 => "1 face",
            _ => $"{faces.Length} faces",
        };
        var best = faces.Length > 0 ? $", best score {faces[0].Score.ToString("F2", CultureInfo.InvariantCulture)}" : string.Empty;
        return $"{picture.Path}: {found}{best} ({timings.Total.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)} ms)";
    }
}
