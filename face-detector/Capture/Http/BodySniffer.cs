using System.Buffers;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Tells what a body is by how it begins; the Content-Type decides only where the bytes do not. Cameras send MJPEG as application/octet-stream, snapshots
/// as text/html and multipart without saying so.
/// </summary>
internal static class BodySniffer
{
    /// <summary>As many bytes as the longest signature needs.</summary>
    private const int SignatureLength = 16;

    /// <summary>Empty lines before the first part, and no more than that.</summary>
    private const int LongestBlank = 4096;

    private static readonly SearchValues<byte> Printable =
        SearchValues.Create([(byte)'\t', (byte)'\r', (byte)'\n', .. Enumerable.Range(' ', 0x7F - ' ').Select(letter => (byte)letter)]);

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads as much as it takes to tell, and consumes nothing but blanks at the beginning.</summary>
    public static async ValueTask<BodyKind> FindAsync(BodyReader body, ContentType type, CancellationToken cancellationToken)
    {
        for (var blanks = 0; ;)
        {
            var begin = body.Unread.Span.IndexOfAnyExcept(" \t\r\n"u8);
            var skipped = begin < 0 ? body.Unread.Length : begin;
            blanks += skipped;
            body.Skip(skipped);
            if (body.Unread.Length >= SignatureLength || IsClear(body.Unread.Span) || blanks > LongestBlank)
            {
                return Of(body.Unread.Span, type);
            }

            if (!await body.FillAsync(cancellationToken))
            {
                return body.Unread.IsEmpty ? BodyKind.Empty : Of(body.Unread.Span, type);
            }
        }
    }

    /// <param name="start">The first bytes, blanks taken off.</param>
    /// <param name="type">What the header says.</param>
    internal static BodyKind Of(ReadOnlySpan<byte> start, ContentType type)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return BodyKind.Jpegs;
        }

        // Some begin with the headers of the first part.
        if (start.StartsWith("--"u8) || (type.IsMultipart && type.Boundary.Length > 0))
        {
            return BodyKind.Multipart;
        }

        if (start.StartsWith("#EXTM3U"u8) || type.MediaType is "application/dash+xml" || start.StartsWith("<MPD"u8))
        {
            return BodyKind.Playlist;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || (start.StartsWith("RIFF"u8) && start[4..].IndexOf("WEBP"u8) == 4))
        {
            return BodyKind.Snapshot;
        }

        if (IsText(start[..Math.Min(start.Length, SignatureLength)]))
        {
            return BodyKind.Text;
        }

        return type.MediaType.StartsWith("image/", StringComparison.Ordinal) ? BodyKind.Snapshot : BodyKind.Video;
    }

    private static bool IsText(ReadOnlySpan<byte> start) => start.StartsWith(ByteOrderMark) || !start.ContainsAnyExcept(Printable);

    private static bool IsClear(ReadOnlySpan<byte> start) => start.StartsWith("--"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
}
