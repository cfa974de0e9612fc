using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>vmoperator.vmware.com/v1alpha1: the size of virtual machines.</summary>
internal sealed record VirtualMachineClass(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), Required] VirtualMachineClassSpec Spec);

internal sealed record VirtualMachineClassSpec(
    [property: JsonPropertyName("hardware"), Required] VirtualMachineClassHardware Hardware,
    [property: JsonPropertyName("policies")] VirtualMachineClassPolicies? Policies,
    [property: JsonPropertyName("controllerName")] string? ControllerName,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("configSpec")] object? ConfigSpec);

internal sealed record VirtualMachineClassHardware(
    [property: JsonPropertyName("cpus")] long Cpus,
    [property: JsonPropertyName("memory"), Required] ResourceQuantity Memory,
    [property: JsonPropertyName("devices")] object? Devices,
    [property: JsonPropertyName("instanceStorage")] object? InstanceStorage);

internal sealed record VirtualMachineClassPolicies(
    [property: JsonPropertyName("resources")] VirtualMachineClassResources? Resources);

internal sealed record VirtualMachineClassResources(
    [property: JsonPropertyName("requests")] IDictionary<string, ResourceQuantity>? Requests,
    [property: JsonPropertyName("limits")] IDictionary<string, ResourceQuantity>? Limits);
