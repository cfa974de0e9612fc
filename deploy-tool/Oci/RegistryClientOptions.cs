using FaceEdge.Deploy.Oci.Credentials;

namespace FaceEdge.Deploy.Oci;

/// <summary>How registries are spoken to.</summary>
/// <param name="Credentials">Looks up what to log in with at a registry host; null for none (anonymous).</param>
/// <param name="Insecure">Plain http for every registry, not for loopback hosts alone.</param>
public sealed record RegistryClientOptions(Func<string, CancellationToken, Task<RegistryCredentials?>> Credentials, bool Insecure);
