namespace FaceEdge.Deploy.Oci.Credentials;

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
