namespace FaceEdge.Deploy.Oci;

/// <summary>Makes text from a registry fit to be printed: one line, no control characters, not endless.</summary>
internal static class Sanitize
{
    private const int MaxCharacters = 200;

    public static string Of(string text)
    {
        var kept = string.Concat(text.Where(character => !char.IsControl(character)));
        return kept.Length <= MaxCharacters ? kept : kept[..MaxCharacters] + "…";
    }
}
