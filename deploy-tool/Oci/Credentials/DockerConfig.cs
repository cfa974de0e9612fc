using System.Text;
using System.Text.Json;

namespace FaceEdge.Deploy.Oci.Credentials;

/// <summary>Docker's <c>config.json</c>: stored logins, and credential helpers by registry (docs.docker.com, "docker login").</summary>
internal sealed class DockerConfig(string path)
{
    private const string DockerHubKey = "https://index.docker.io/v1/";

    public static DockerConfig Default { get; } = new(Path.Combine(
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } directory
            ? directory
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
        "config.json"));

    /// <summary>The login for a registry host; null when the file holds none.</summary>
    /// <exception cref="RegistryException">The file is not JSON, or a helper fails.</exception>
    public async Task<RegistryCredentials?> FindAsync(string registry, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellation));
            return await FindAsync(document.RootElement, registry, cancellation);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw RegistryException.Unusable($"{path} cannot be read: {exception.Message}", "mend it, or log in again with docker login", exception);
        }
    }

    private static async Task<RegistryCredentials?> FindAsync(JsonElement root, string registry, CancellationToken cancellation)
    {
        var keys = registry == "docker.io" ? [DockerHubKey] : new[] { registry, $"https://{registry}", $"https://{registry}/v2/" };
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("credHelpers", out var helpers)
            && keys.Select(key => JsonText.Of(helpers, key)).FirstOrDefault(name => name is not null) is { } helper)
        {
            return await CredentialHelper.AskAsync(helper, keys[0], cancellation);
        }

        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("auths", out var logins) && logins.ValueKind == JsonValueKind.Object)
        {
            foreach (var key in keys)
            {
                if (logins.TryGetProperty(key, out var login) && Read(login) is { } credentials)
                {
                    return credentials;
                }
            }
        }

        return JsonText.Of(root, "credsStore") is { } store ? await CredentialHelper.AskAsync(store, keys[0], cancellation) : null;
    }

    private static RegistryCredentials? Read(JsonElement login)
    {
        if (JsonText.Of(login, "identitytoken") is { Length: > 0 } identityToken)
        {
            return new RegistryCredentials("", "", identityToken);
        }

        if (JsonText.Of(login, "username") is { } username && JsonText.Of(login, "password") is { } password)
        {
            return new RegistryCredentials(username, password);
        }

        if (JsonText.Of(login, "auth") is not { Length: > 0 } auth)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).TrimEnd('\0');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new RegistryCredentials(text[..colon], text[(colon + 1)..]) : null;
    }
}
