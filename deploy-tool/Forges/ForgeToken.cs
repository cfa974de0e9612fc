namespace FaceEdge.Deploy.Forges;

/// <summary>What a host knows us by. It never shows in a message.</summary>
public sealed class ForgeToken
{
    private ForgeToken(string value) => Value = value;

    internal string Value { get; }

    /// <summary>Whether it is of the form that OAuth 2.0 gives out, as Microsoft Entra does: three parts with dots between.</summary>
    internal bool IsJwt => Value.StartsWith("eyJ", StringComparison.Ordinal) && Value.Count(character => character == '.') == 2;

    /// <summary>Checks a token, and that it would not travel in the clear.</summary>
    /// <exception cref="ForgeException">It cannot be used.</exception>
    public static ForgeToken Create(string value, ForgeRepository repository)
    {
        if (value.Length == 0 || value.Any(character => char.IsControl(character) || character is ' ' or > '~'))
        {
            throw ForgeException.Unusable($"the token for {repository.Page.Authority} is empty, or holds blanks or line breaks", "give the token alone");
        }

        return repository.Page.Scheme == "https" || repository.Page.IsLoopback
            ? new ForgeToken(value)
            : throw ForgeException.Unusable($"the token would travel to {repository.Page.Authority} in the clear", "give an https address in pullRequests.address");
    }

    public override string ToString() => "***";
}
