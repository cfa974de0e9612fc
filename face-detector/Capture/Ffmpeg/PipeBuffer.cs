using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>
/// How much of a child's output its pipe holds. Linux gives a pipe 64 KiB, a twentieth of a 720p frame: child and reader wake each other for every part of it.
/// </summary>
internal static partial class PipeBuffer
{
    /// <summary>F_SETPIPE_SZ (fcntl(2)).</summary>
    private const int SetPipeSize = 1031;

    /// <summary>What anybody may ask for (pipe(7), /proc/sys/fs/pipe-max-size); pages are taken as they fill.</summary>
    private const int Largest = 1024 * 1024;

    /// <summary>Enlarges the pipe behind a stream; one that cannot be enlarged works as it is.</summary>
    public static void Enlarge(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream { SafePipeHandle: { IsClosed: false } pipe })
        {
            _ = Control((int)pipe.DangerousGetHandle(), SetPipeSize, Largest);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}
