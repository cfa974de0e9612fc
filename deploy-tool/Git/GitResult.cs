
namespace FaceEdge.Deploy.Git;

/// <summary>What a run of git came to.</summary>
/// <param name="ExitCode">Git's own; meaningless when it was stopped.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error, where hooks, helpers, ssh, gpg and the remote speak too.</param>
/// <param name="Stopped">How long it had run when it was stopped; null when it ended by itself.</param>
internal sealed record GitResult(int ExitCode, string Output, string Error, TimeSpan? Stopped = null)
{
    /// <summary>More than this of what others said is cut, so that the message stays a line.</summary>
    private const int LongestWords = 400;

    /// <summary>What git adds to what somebody else said, or says whatever happened.</summary>
    private static readonly string[] Notes =
        ["hint:", "warning:", "Warning:", "[GNUPG:]", "error: failed to push some refs", "To ", "From ", "Everything up-to-date"];

    public bool Succeeded => ExitCode == 0 && Stopped is null;

    /// <summary>
    /// The first cause in the words of who said it: ssh, a helper or the remote speak before git does, and git's own line may end with a colon and
    /// leave the cause to the next one ("error: gpg failed to sign the data:").
    /// </summary>
    public string Cause
    {
        get
        {
            if (Stopped is { } after)
            {
                return $"no end after {after.TotalSeconds:0} s, and so it was stopped";
            }

            var lines = Spoken(Error).Select(Unlabelled).ToList();
            return lines switch
            {
                [] => $"exit code {ExitCode}, and no word of why",
                [var first, var next, ..] when first.EndsWith(':') => $"{first} {next}",
                [var first, ..] => first,
            };
        }
    }

    /// <summary>All that the remote said ("remote: …"), on one line; empty when it said nothing.</summary>
    public string RemoteWords =>
        OneLine(Spoken(Error).Where(line => line.StartsWith(RemoteLabel, StringComparison.Ordinal)).Select(Unlabelled));

    /// <summary>All that was said, on one line: what a hook prints before it says no.</summary>
    public string AllWords => OneLine(Spoken(Error).Select(Unlabelled));

    private const string RemoteLabel = "remote:";

    private static IEnumerable<string> Spoken(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !Array.Exists(Notes, note => line.StartsWith(note, StringComparison.Ordinal)) && Unlabelled(line).Any(char.IsLetterOrDigit));

    private static string Unlabelled(string line)
    {
        foreach (var label in (ReadOnlySpan<string>)[RemoteLabel, "fatal:", "error:"])
        {
            line = line.StartsWith(label, StringComparison.Ordinal) ? line[label.Length..].Trim() : line;
        }

        return line.TrimEnd('.');
    }

    /// <summary>The end is kept when it is too long: a hook's reason is what it says last.</summary>
    private static string OneLine(IEnumerable<string> lines)
    {
        var text = string.Join("; ", lines);
        return text.Length <= LongestWords ? text : "… " + text[^LongestWords..];
    }
}
