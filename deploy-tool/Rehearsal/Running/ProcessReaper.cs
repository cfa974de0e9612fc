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

    public static string NewMark() => $"vsts_{Guid.NewGuid():N}";

    /// <summary>Ends every process that carries the mark (where /proc shows it).</summary>
    public static void EndAll(string mark)
    {
        if (!Directory.Exists("/proc"))
        {
            return;
        }

        var wanted = System.Text.Encoding.UTF8.GetBytes($"{Variable}={mark}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && Carries(folder, wanted))
            {
                End(id);
            }
        }
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
