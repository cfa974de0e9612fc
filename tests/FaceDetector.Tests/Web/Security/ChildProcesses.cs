namespace FaceEdge.Tests.Web.Security;

/// <summary>What every user of the host may read of the processes that this one started, and what only their owner may.</summary>
internal static class ChildProcesses
{
    /// <summary>Command line and environment of each ffmpeg that the service started: it names the program's file, as no test does that makes a film.</summary>
    public static IReadOnlyList<string> OfThis() =>
        [.. Directory.GetDirectories("/proc").Where(IsChild).Select(folder => Read(folder, "cmdline") + Read(folder, "environ")).Where(text => text.StartsWith('/') && text.Split('\n', 2)[0].EndsWith("/ffmpeg", StringComparison.Ordinal))];

    private static bool IsChild(string folder) => Read(folder, "status").Contains($"\nPPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal);

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file)).Replace('\0', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
