using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>A commit message whose last paragraph is trailers, as <c>git interpret-trailers --parse</c> reads them.</summary>
/// <param name="Subject">Folded into one line.</param>
/// <param name="Body">Paragraphs; empty for none.</param>
/// <param name="Trailers">Values are folded into one line: a line break would end the trailer.</param>
internal sealed record CommitMessage(string Subject, string Body, IReadOnlyList<Trailer> Trailers)
{
    /// <summary>The same message with the words that keep a pipeline which watches the branch from running because of this commit.</summary>
    public CommitMessage SkippingBuilds() => this with { Body = Body.Trim() + "\n\n[skip ci]" };

    /// <summary>Subject, body and trailers.</summary>
    public override string ToString() => $"{OneLine(Subject)}\n\n{BelowSubject()}";

    /// <summary>Body and trailers.</summary>
    public string BelowSubject()
    {
        var message = new StringBuilder();
        if (Body.Length > 0)
        {
            message.Append(WithoutDividers(Body.ReplaceLineEndings("\n").Trim())).Append("\n\n");
        }

        foreach (var trailer in Trailers)
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
