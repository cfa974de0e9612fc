using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>vmoperator.vmware.com/v1alpha1: a virtual machine on the host.</summary>
internal sealed record VirtualMachine(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), Required] VirtualMachineSpec Spec);

internal sealed record VirtualMachineSpec(
    [property: JsonPropertyName("className"), Required] string ClassName,
    [property: JsonPropertyName("imageName"), Required] string ImageName,
    [property: JsonPropertyName("powerState"), Required, AllowedValues("poweredOn", "poweredOff", "suspended")] string PowerState,
    [property: JsonPropertyName("storageClass")] string? StorageClass,
    [property: JsonPropertyName("networkInterfaces")] IReadOnlyList<VirtualMachineNetworkInterface>? NetworkInterfaces,
    [property: JsonPropertyName("vmMetadata")] VirtualMachineMetadata? VmMetadata,
    [property: JsonPropertyName("volumes")] IReadOnlyList<VirtualMachineVolume>? Volumes,
    [property: JsonPropertyName("ports")] IReadOnlyList<VirtualMachinePort>? Ports,
    [property: JsonPropertyName("readinessProbe")] object? ReadinessProbe,
    [property: JsonPropertyName("advancedOptions")] object? AdvancedOptions);

internal sealed record VirtualMachineNetworkInterface(
    [property: JsonPropertyName("networkName"), Required] string NetworkName,
    [property: JsonPropertyName("networkType")] string? NetworkType,
    [property: JsonPropertyName("ethernetCardType"), AllowedValues("vmxnet3", "e1000e", "e1000", "sriov")] string? EthernetCardType,
    [property: JsonPropertyName("providerRef")] object? ProviderRef);

internal sealed record VirtualMachineMetadata(
    [property: JsonPropertyName("transport"), Required, AllowedValues("CloudInit", "ExtraConfig", "OvfEnv", "Sysprep", "vAppConfig")] string Transport,
    [property: JsonPropertyName("configMapName")] string? ConfigMapName,
    [property: JsonPropertyName("secretName")] string? SecretName);

internal sealed record VirtualMachineVolume(
    [property: JsonPropertyName("name"), Required] string Name,
    [property: JsonPropertyName("persistentVolumeClaim")] object? PersistentVolumeClaim,
    [property: JsonPropertyName("vSphereVolume")] object? VSphereVolume);

internal sealed record VirtualMachinePort(
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("ip")] string? Ip,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("protocol")] string? Protocol);

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
