namespace FaceEdge.Deploy.Oci;

/// <summary>
/// A <c>WWW-Authenticate</c> challenge (RFC 9110, section 11; the parameters are those of the distribution project's token
/// authentication): the scheme and its parameters.
/// </summary>
internal sealed record AuthenticateChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where to get a token.</summary>
    public string? Realm => Parameters.GetValueOrDefault("realm");

    public string? Service => Parameters.GetValueOrDefault("service");

    /// <summary>Reads one challenge. Commas inside quoted values (a scope of <c>pull,push</c>) are part of the value.</summary>
    public static AuthenticateChallenge? Parse(string header)
    {
        var text = header.AsSpan().Trim();
        var space = text.IndexOf(' ');
        if (space <= 0)
        {
            return text.Length == 0 ? null : new AuthenticateChallenge(text.ToString(), new Dictionary<string, string>());
        }

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = text[(space + 1)..];
        while (!(rest = rest.TrimStart(" ,\t")).IsEmpty)
        {
            var equals = rest.IndexOf('=');
            if (equals <= 0)
            {
                break;
            }

            var name = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            parameters[name] = ReadValue(ref rest);
        }

        return new AuthenticateChallenge(text[..space].ToString(), parameters);
    }

    private static string ReadValue(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
        {
            var end = rest.IndexOfAny(',', ' ');
            var token = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[end..];
            return token.ToString();
        }

        var value = new System.Text.StringBuilder();
        var i = 1;
        for (; i < rest.Length && rest[i] != '"'; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                i++;
            }

            value.Append(rest[i]);
        }

        rest = i + 1 < rest.Length ? rest[(i + 1)..] : [];
        return value.ToString();
    }
}
