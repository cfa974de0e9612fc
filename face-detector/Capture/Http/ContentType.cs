namespace FaceEdge.Capture.Http;

/// <summary>What an answer's Content-Type says, read as leniently as browsers do: no grammar is enforced.</summary>
/// <param name="MediaType">Lower case, without parameters; empty where the header is missing.</param>
/// <param name="Boundary">The boundary without quotes; empty where there is none.</param>
internal readonly record struct ContentType(string MediaType, string Boundary)
{
    private const string BoundaryParameter = "boundary";

    public bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    public static ContentType Parse(string? header)
    {
        var text = header ?? "";
        var end = text.AsSpan().IndexOfAny(";, \t");
        return new ContentType((end < 0 ? text : text[..end]).ToLowerInvariant(), FindBoundary(text));
    }

    /// <summary>To the closing quote, or to the next semicolon: boundaries hold spaces, colons, slashes and equals signs, in quotes or not.</summary>
    private static string FindBoundary(string text)
    {
        for (var at = 0; (at = text.IndexOf(BoundaryParameter, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at += BoundaryParameter.Length;
            var rest = text.AsSpan(at).TrimStart();
            if (!rest.StartsWith("="))
            {
                continue;
            }

            rest = rest[1..].TrimStart();
            var quoted = rest.StartsWith("\"");
            rest = quoted ? rest[1..] : rest;
            var end = rest.IndexOf(quoted ? '"' : ';');
            return (end < 0 ? rest : rest[..end]).Trim().ToString();
        }

        return "";
    }
}
