using OpenCvSharp;

namespace FaceEdge.Imaging.OpenCv;

/// <summary>Whether OpenCV's native library loads on this machine.</summary>
/// <param name="Loaded">It does.</param>
/// <param name="Detail">Its version, or the loader's error in one line.</param>
internal sealed record OpenCvProbe(bool Loaded, string Detail)
{
    private static readonly Lazy<OpenCvProbe> Result = new(Probe);

    /// <summary>Probes once per process: a library that failed to load stays failed.</summary>
    public static OpenCvProbe Run() => Result.Value;

    private static OpenCvProbe Probe()
    {
        try
        {
            // It writes warnings to standard error, past the log, and they could name a camera's address.
            Cv2.SetLogLevel(OpenCvSharp.LogLevel.SILENT);
            return new OpenCvProbe(true, $"OpenCV {Cv2.GetVersionString()} loaded");
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException
            or EntryPointNotFoundException or BadImageFormatException or OpenCvSharpException)
        {
            return new OpenCvProbe(false, $"OpenCV does not load: {Shorten(exception)}");
        }
    }

    /// <summary>The loader tries a dozen paths and reports them all; the line that names a missing library is the one that helps.</summary>
    private static string Shorten(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        var lines = cause.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(lines, line => line.Contains("cannot open shared object file", StringComparison.Ordinal)
                && !line.Contains("OpenCvSharpExtern.so: cannot open", StringComparison.Ordinal))
            ?? (lines.Length > 0 ? lines[0] : cause.GetType().Name);
    }
}
