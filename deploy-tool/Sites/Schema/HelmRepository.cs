using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>source.toolkit.fluxcd.io/v1beta2 and v1: where Flux finds charts.</summary>
internal sealed record HelmRepository(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), Required] HelmRepositorySpec Spec);

internal sealed record HelmRepositorySpec(
    [property: JsonPropertyName("url"), Required] string Url,
    [property: JsonPropertyName("interval"), FluxDuration] string? Interval,
    [property: JsonPropertyName("timeout"), FluxDuration] string? Timeout,
    [property: JsonPropertyName("type"), AllowedValues("default", "oci")] string? Type,
    [property: JsonPropertyName("provider")] string? Provider,
    [property: JsonPropertyName("suspend")] bool? Suspend,
    [property: JsonPropertyName("insecure")] bool? Insecure,
    [property: JsonPropertyName("passCredentials")] bool? PassCredentials,
    [property: JsonPropertyName("secretRef")] object? SecretRef,
    [property: JsonPropertyName("certSecretRef")] object? CertSecretRef,
    [property: JsonPropertyName("accessFrom")] object? AccessFrom);
