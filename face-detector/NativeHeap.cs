using System.Runtime.InteropServices;

namespace FaceEdge;

/// <summary>
/// The C library's heap, from which frames, tensors, codecs and the runtime itself take memory. glibc gives each thread an arena of its own and,
/// once a large block was freed, cuts blocks as large from the arenas: what threads that come and go leave there grew the service by 1 MB a minute.
/// </summary>
internal static partial class NativeHeap
{
    private const string Glibc = "libc.so.6";

    // malloc.h
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int ArenaMax = -8;
    private const int Taken = 1;

    /// <summary>Few enough to leave little unused, more than one so that two busy threads do not wait for each other.</summary>
    private const int Arenas = 2;

    /// <summary>Well below a camera's frame or a tensor: those come from the system and go straight back to it.</summary>
    private const int LargeBlock = 128 * 1024;

    /// <summary>Bounds what the heap keeps unused. Call first of all: what was taken before stays where it is.</summary>
    /// <returns>Whether the C library is glibc and took every bound.</returns>
    public static bool Bound()
    {
        try
        {
            return SetOption(ArenaMax, Arenas) == Taken
                && SetOption(MapThreshold, LargeBlock) == Taken
                && SetOption(TrimThreshold, LargeBlock) == Taken;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // musl and other systems keep no such arenas.
            return false;
        }
    }

    [LibraryImport(Glibc, EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
