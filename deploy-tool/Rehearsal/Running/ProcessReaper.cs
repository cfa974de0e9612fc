using System.Diagnostics;
using System.Globalization;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// Ends what a job left running. Azure Pipelines' agent marks all processes of a job by the variable VSTS_PROCESS_LOOKUP_ID and ends at
/// the job's end those that still carry it; so does this.
/// </summary>
internal static class ProcessReaper
{
    public const string Variable = "VSTS_PROCESS_LOOKUP_ID";

    /// <summary>A process that is just becoming another program shows no variables for a moment: one look without it is not enough.</summary>
    private const int CleanLooks = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A process that waits for a device ends when that answers, which nobody should wait for.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static string NewMark() => $"vsts_{Guid.NewGuid():N}";

    /// <summary>Ends every process that carries the mark (where /proc shows it), and comes back when they have gone.</summary>
    public static async Task EndAllAsync(string mark, TimeProvider time)
    {
        if (!Directory.Exists("/proc"))
        {
            return;
        }

        var wanted = System.Text.Encoding.UTF8.GetBytes($"{Variable}={mark}");
        var started = time.GetTimestamp();
        for (var clean = 0; clean < CleanLooks && time.GetElapsedTime(started) < Timeout;)
        {
            clean = EndThoseThere(wanted) ? 0 : clean + 1;
            await Task.Delay(Pause, time);
        }
    }

    /// <summary>Whether there were any.</summary>
    private static bool EndThoseThere(byte[] wanted)
    {
        var found = false;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && Carries(folder, wanted))
            {
                End(id);
                found = true;
            }
        }

        return found;
    }

    private static bool Carries(string folder, byte[] wanted)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
