using Microsoft.Win32.SafeHandles;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Renames files over others, several at a time. Some file systems free what was replaced at once and wait for the disk each time (ext4
/// with discard and without a journal: up to a millisecond a file); waiting for several files together is what makes thousands quick.
/// </summary>
internal static class Renames
{
    private const int MostAtOnce = 8;

    /// <summary>A thread for fewer is not worth its start.</summary>
    private const int FilesAThread = 64;

    /// <summary>Renames each; every target is a whole file, the old one or the new one, at any moment.</summary>
    public static Task RunAsync(IReadOnlyList<(string From, string To)> files)
    {
        var next = -1;
        var threads = Math.Min(MostAtOnce, (files.Count / FilesAThread) + 1);
        return Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < files.Count;)
                {
                    Rename(files[i].From, files[i].To);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static void Rename(string from, string to)
    {
        // Held open over the rename, the old file is freed by the handle's close, outside of the lock that renames wait for each other at.
        using var replaced = OpenIfThere(to);
        File.Move(from, to, overwrite: true);
    }

    private static SafeFileHandle? OpenIfThere(string path)
    {
        // Windows does not rename over an open file; a link is not followed.
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true, LinkTarget: null })
        {
            return null;
        }

        try
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException)
        {
            // Renaming asks for rights on the folder alone.
            return null;
        }
    }
}
