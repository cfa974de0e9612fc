using System.Diagnostics;

namespace FaceEdge.Tests;

/// <summary>Scripts that tests write and run.</summary>
internal static class ExecutableFile
{
    /// <summary>
    /// Writes a script by a process of its own. A file that this process had open for writing while another test started a program is open in that child too
    /// until it executes, and cannot be run meanwhile: "Text file busy".
    /// </summary>
    public static void Write(string path, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(path, text);
            return;
        }

        using var writer = Process.Start(new ProcessStartInfo("sh", ["-c", "cat >\"$1\" && chmod 700 \"$1\"", "sh", path]) { RedirectStandardInput = true })!;
        writer.StandardInput.Write(text);
        writer.StandardInput.Close();
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
    }
}
