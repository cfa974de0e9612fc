using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>
/// The trailers of changes that came by pull requests, whatever the host made of their messages: the text of the pull request below a title, the
/// commits of its branch as a list, indented, with lines broken, or with other paragraphs after them. Git reads the last paragraph alone.
/// </summary>
internal static class ProposedTrailers
{
    /// <summary>Finds them: one list for each change, oldest first; none in a message that no change of ours is in.</summary>
    public static IReadOnlyList<IReadOnlyList<Trailer>> Find(string message)
    {
        var found = new List<IReadOnlyList<Trailer>>();
        List<Trailer>? block = null;
        foreach (var text in message.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = text.Trim();
            if (line.Length == 0)
            {
                End();
            }
            else if (Read(line) is { } trailer)
            {
                (block ??= []).Add(trailer);
            }
            else if (block is [.., var last])
            {
                // The rest of a line that was broken.
                block[^1] = last with { Value = $"{last.Value} {line}".Trim() };
            }
        }

        End();
        return found;

        void End()
        {
            // The same change may stand there twice, as a commit and as the pull request's text.
            if (block is not null && block.FindIndex(trailer => trailer.Key == ProposedBranch.TrailerKey) is >= 0 and var mark
                && !found.Exists(other => other.SequenceEqual(block.Skip(mark))))
            {
                found.Add(block[mark..]);
            }

            block = null;
        }
    }

    /// <summary>A key of letters and dashes, a colon, and a value that may have been broken off.</summary>
    private static Trailer? Read(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (colon == line.Length - 1 || line[colon + 1] == ' ') && char.IsAsciiLetterUpper(line[0]) && line.AsSpan(0, colon).IndexOfAnyExcept(KeyCharacters) < 0
            ? new Trailer(line[..colon], line[(colon + 1)..].Trim())
            : null;
    }

    private static readonly System.Buffers.SearchValues<char> KeyCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
}
