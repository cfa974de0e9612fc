using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>metallb.io/v1beta1: addresses that LoadBalancer Services may get.</summary>
internal sealed record IPAddressPool(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), Required] IPAddressPoolSpec Spec);

internal sealed record IPAddressPoolSpec(
    [property: JsonPropertyName("addresses"), Required] IReadOnlyList<string> Addresses,
    [property: JsonPropertyName("autoAssign")] bool? AutoAssign,
    [property: JsonPropertyName("avoidBuggyIPs")] bool? AvoidBuggyIPs,
    [property: JsonPropertyName("serviceAllocation")] object? ServiceAllocation);

/// <summary>metallb.io/v1beta1: pools whose addresses are announced on the local network.</summary>
internal sealed record L2Advertisement(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec")] L2AdvertisementSpec? Spec);

internal sealed record L2AdvertisementSpec(
    [property: JsonPropertyName("ipAddressPools")] IReadOnlyList<string>? IPAddressPools,
    [property: JsonPropertyName("ipAddressPoolSelectors")] IReadOnlyList<V1LabelSelector>? IPAddressPoolSelectors,
    [property: JsonPropertyName("nodeSelectors")] IReadOnlyList<V1LabelSelector>? NodeSelectors,
    [property: JsonPropertyName("interfaces")] IReadOnlyList<string>? Interfaces);
