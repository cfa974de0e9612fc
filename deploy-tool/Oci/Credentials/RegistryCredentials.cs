namespace FaceEdge.Deploy.Oci.Credentials;

/// <summary>
/// What a registry asks for: a user name with a password or access token, or an identity token (an OAuth 2 refresh token, as
/// <c>az acr login</c> leaves behind).
/// </summary>
public sealed record RegistryCredentials(string Username, string Password, string? IdentityToken = null)
{
    /// <summary>Never the secret: credentials must not reach a log or an error message.</summary>
    public override string ToString() => IdentityToken is null ? $"user {Username}" : "identity token";
}
