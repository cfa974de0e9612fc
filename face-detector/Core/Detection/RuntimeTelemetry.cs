using System.Runtime.InteropServices;

namespace FaceEdge.Detection;

/// <summary>
/// ONNX Runtime's libraries for Linux and macOS report their use to their maker over HTTPS, and keep what they could not send in a database below the
/// user's cache. A site sends nothing to anybody.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Off = "ORT_DISABLE_TELEMETRY";

    /// <summary>Call before the runtime is loaded: it looks once.</summary>
    /// <remarks>The C library's own environment is set: what .NET sets in its copy is not seen there.</remarks>
    public static void Silence()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(Off, "1", overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
