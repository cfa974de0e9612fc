using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>A commit message whose last paragraph is trailers, as <c>git interpret-trailers --parse</c> reads them.</summary>
internal static class CommitMessage
{
    /// <summary>Writes subject, body and trailers. Values are folded into one line: a line break would end the trailer.</summary>
    public static string Format(string subject, string body, IEnumerable<Trailer> trailers)
    {
        var message = new StringBuilder(OneLine(subject)).Append("\n\n");
        if (body.Length > 0)
        {
            message.Append(WithoutDividers(body.ReplaceLineEndings("\n").Trim())).Append("\n\n");
        }

        foreach (var trailer in trailers)
        {
            message.Append(trailer.Key).Append(": ").Append(OneLine(trailer.Value)).Append('\n');
        }

        return message.ToString();
    }

    /// <summary>A line that begins with three dashes would end the message for <c>git interpret-trailers</c>, which takes a patch to follow it.</summary>
    private static string WithoutDividers(string body) =>
        string.Join('\n', body.Split('\n').Select(line => line.StartsWith("---", StringComparison.Ordinal) ? " " + line : line));

    private static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>One trailer of a commit message.</summary>
internal sealed record Trailer(string Key, string Value);
