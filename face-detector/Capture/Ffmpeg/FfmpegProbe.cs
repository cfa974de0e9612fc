using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>Whether there is an ffmpeg on PATH, and which.</summary>
/// <param name="Version">Major and minor; 99.0 for a build that gives itself another name.</param>
internal sealed partial record FfmpegProbe(Version Version)
{
    private static readonly Lazy<FfmpegProbe?> Result = new(Probe);

    /// <summary>The ffmpeg found, or null; looked for once per process.</summary>
    public static FfmpegProbe? Run() => Result.Value;

    private static FfmpegProbe? Probe()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-version"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
            process.StandardInput.Close();
            var match = Number().Match(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return new FfmpegProbe(match.Success
                ? new Version(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
                : new Version(99, 0));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"version n?(\d+)\.(\d+)")]
    private static partial Regex Number();
}
