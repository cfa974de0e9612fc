using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>esx.vmware.com/v1alpha1, VMware Edge Compute Stack 3.5: part of the desired state of the ESXi host.</summary>
internal sealed record HostConfiguration(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), Required] HostConfigurationSpec Spec);

/// <summary>The layer and its profile, which is a JSON document in a string (the schema of vSphere Configuration Profiles).</summary>
internal sealed record HostConfigurationSpec(
    [property: JsonPropertyName("layertype"), Required, AllowedValues("Incremental")] string LayerType,
    [property: JsonPropertyName("profile"), Required] string Profile);
