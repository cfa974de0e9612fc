using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>Whether there is an ffmpeg on PATH, and which.</summary>
/// <param name="Version">Major and minor, of the release or of the libraries; 99.0 for a build that tells neither.</param>
internal sealed partial record FfmpegProbe(Version Version)
{
    /// <summary>The oldest that was tried with each kind of camera.</summary>
    public static readonly Version Oldest = new(4, 1);

    /// <summary>Of libavformat 59.</summary>
    private const int MinorOf51 = 27;

    /// <summary>It prints a page and ends; the first start from a slow disk takes a second.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly Lazy<FfmpegProbe?> Result = new(Probe);

    /// <summary>The ffmpeg found, or null; looked for once per process.</summary>
    public static FfmpegProbe? Run() => Result.Value;

    /// <summary>
    /// What "ffmpeg -version" says. Builds from Git name a commit or a date in place of a release; libavformat's version tells what they can do: its major
    /// number goes up with the release's, 58 with 4 and 60 with 6 (ffmpeg.org, "releases").
    /// </summary>
    internal static Version VersionOf(string output)
    {
        if (Release().Match(output) is { Success: true } release)
        {
            return new Version(Number(release, 1), Number(release, 2));
        }

        var library = Library().Match(output);
        return (library.Success ? Number(library, 1) : 0, library.Success ? Number(library, 2) : 0) switch
        {
            (0, _) => new Version(99, 0),
            (58, var minor) => new Version(4, minor switch { >= 76 => 4, >= 45 => 3, >= 29 => 2, >= 20 => 1, _ => 0 }),
            (59, var minor) => new Version(5, minor >= MinorOf51 ? 1 : 0),
            (var major, _) => new Version(Math.Max(major - 54, 0), 0),
        };
    }

    private static FfmpegProbe? Probe()
    {
        try
        {
            // Asked for at start, where nothing else can be done until it is known.
            var run = ChildProcess.RunAsync(FfmpegChild.Piped("-hide_banner", "-version"), Limit, CancellationToken.None).GetAwaiter().GetResult();
            return new FfmpegProbe(VersionOf(run.Output));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static int Number(Match match, int group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\bversion n?(\d{1,3})\.(\d{1,3})\b")]
    private static partial Regex Release();

    [GeneratedRegex(@"^libavformat\s+(\d+)\.\s*(\d+)\.", RegexOptions.Multiline)]
    private static partial Regex Library();
}
