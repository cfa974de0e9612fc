namespace FaceEdge.Capture;

/// <summary>Makes what a camera said fit for logs and terminals: one line, no control characters (they could forge lines or colours), limited length.</summary>
internal static class PlainText
{
    private const int Longest = 400;

    public static string Of(string text)
    {
        var plain = text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;
        return plain.Length <= Longest ? plain : plain[..Longest] + "…";
    }
}
