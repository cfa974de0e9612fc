using System.Text;
using System.Text.Json;

namespace FaceEdge.Deploy.Oci.Credentials;

/// <summary>Docker's <c>config.json</c>: stored logins, and credential helpers by registry (docs.docker.com, "docker login").</summary>
internal sealed class DockerConfig(string path)
{
    private const string DockerHub = "docker.io";

    /// <summary>Under which Docker Hub's login is stored, and asked for at a helper.</summary>
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
            // An empty file is what a tool leaves that was stopped while it wrote, and Docker takes it for no logins.
            var content = await File.ReadAllBytesAsync(path, cancellation);
            if (content.All(one => char.IsWhiteSpace((char)one)))
            {
                return null;
            }

            using var document = JsonDocument.Parse(content);
            return await FindAsync(document.RootElement, registry, cancellation);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw RegistryException.Unusable($"{path} cannot be read: {exception.Message}", "correct it, or log in again with docker login", exception);
        }
    }

    private static async Task<RegistryCredentials?> FindAsync(JsonElement root, string registry, CancellationToken cancellation)
    {
        var question = registry == DockerHub ? DockerHubKey : registry;
        if (Entries(root, "credHelpers", registry).Select(entry => entry.ValueKind == JsonValueKind.String ? entry.GetString() : null).FirstOrDefault(name => name is not null)
            is { } helper)
        {
            return await CredentialHelper.AskAsync(helper, question, cancellation);
        }

        return Entries(root, "auths", registry).Select(Read).FirstOrDefault(login => login is not null)
            ?? (JsonText.Of(root, "credsStore") is { Length: > 0 } store ? await CredentialHelper.AskAsync(store, question, cancellation) : null);
    }

    /// <summary>What a section says of a registry, whose key is its host in one of the spellings that Docker has written over the years.</summary>
    private static IEnumerable<JsonElement> Entries(JsonElement root, string section, string registry) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(section, out var entries) && entries.ValueKind == JsonValueKind.Object
            ? entries.EnumerateObject().Where(entry => HostOf(entry.Name) == registry).OrderByDescending(entry => entry.Name == registry).Select(entry => entry.Value)
            : [];

    /// <summary>
    /// The host of a key: <c>host</c>, <c>https://host</c>, <c>http://host/v1/</c>, <c>host/v2/</c> (docker/cli, registry.ConvertToHostname); Docker Hub
    /// under its reference's name.
    /// </summary>
    private static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var host = (scheme < 0 ? key : key[(scheme + 3)..]).Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" ? DockerHub : host;
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

/// <summary>Where registry credentials come from, first that has some: the command line, the environment, Docker's configuration.</summary>
public static class CredentialChain
{
    public const string UsernameVariable = "DEPLOY_TOOL_REGISTRY_USERNAME";
    public const string PasswordVariable = "DEPLOY_TOOL_REGISTRY_PASSWORD";

    public static Func<string, CancellationToken, Task<RegistryCredentials?>> Create(RegistryCredentials? given) =>
        async (registry, cancellation) =>
            given ?? FromEnvironment() ?? await DockerConfig.Default.FindAsync(registry, cancellation);

    private static RegistryCredentials? FromEnvironment() =>
        Environment.GetEnvironmentVariable(UsernameVariable) is { Length: > 0 } username
        && Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password
            ? new RegistryCredentials(username, password)
            : null;
}
