using System.Reflection;
using FaceEdge.Deploy.Sites.Validation;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>Which type describes an object: Kubernetes's own by name, those of the edge stack, MetalLB and Flux from this folder.</summary>
internal static class KindCatalogue
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Custom = new()
    {
        [("esx.vmware.com/v1alpha1", "HostConfiguration")] = typeof(HostConfiguration),
        [("vmoperator.vmware.com/v1alpha1", "VirtualMachine")] = typeof(VirtualMachine),
        [("vmoperator.vmware.com/v1alpha1", "VirtualMachineClass")] = typeof(VirtualMachineClass),
        [("metallb.io/v1beta1", "IPAddressPool")] = typeof(IPAddressPool),
        [("metallb.io/v1beta1", "L2Advertisement")] = typeof(L2Advertisement),
        [("source.toolkit.fluxcd.io/v1beta2", "HelmRepository")] = typeof(HelmRepository),
        [("source.toolkit.fluxcd.io/v1", "HelmRepository")] = typeof(HelmRepository),
        [("helm.toolkit.fluxcd.io/v2beta1", "HelmRelease")] = typeof(HelmRelease),
        [("helm.toolkit.fluxcd.io/v2beta2", "HelmRelease")] = typeof(HelmRelease),
        [("helm.toolkit.fluxcd.io/v2", "HelmRelease")] = typeof(HelmRelease),
    };

    /// <summary>Kinds that a host with the edge stack has, and whose fields are left to it.</summary>
    private static readonly HashSet<(string Group, string Kind)> KnownByName =
    [
        .. Of("kustomize.toolkit.fluxcd.io", "Kustomization"),
        .. Of("source.toolkit.fluxcd.io", "HelmRepository", "HelmChart", "GitRepository", "OCIRepository", "Bucket"),
        .. Of("helm.toolkit.fluxcd.io", "HelmRelease"),
        .. Of("notification.toolkit.fluxcd.io", "Alert", "Provider", "Receiver"),
        .. Of("metallb.io", "IPAddressPool", "L2Advertisement", "BGPAdvertisement", "BGPPeer", "BFDProfile", "Community"),
        .. Of("vmoperator.vmware.com", "VirtualMachine", "VirtualMachineClass", "VirtualMachineImage", "VirtualMachineService", "VirtualMachineReplicaSet", "VirtualMachineSetResourcePolicy"),
    ];

    /// <summary>Kubernetes's own groups, each with the kinds and versions that the client library has.</summary>
    private static readonly Lazy<ILookup<string, KubernetesEntityAttribute>> OfKubernetes = new(() => typeof(V1Pod).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<KubernetesEntityAttribute>()).OfType<KubernetesEntityAttribute>().ToLookup(entity => entity.Group));

    private static readonly HashSet<string> ClusterScoped = new(StringComparer.Ordinal)
    {
        "APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "CSIDriver", "CSINode", "CustomResourceDefinition", "IngressClass",
        "DeviceClass", "FlowSchema", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration", "Namespace", "Node",
        "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "RuntimeClass", "ServiceCIDR", "StorageClass", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VirtualMachineClass", "VolumeAttachment", "VolumeAttributesClass",
    };

    /// <summary>The type of an object; null when the kind is not known.</summary>
    public static Type? Find(string apiVersion, string kind)
    {
        if (Custom.TryGetValue((apiVersion, kind), out var custom))
        {
            return custom;
        }

        var (group, version) = apiVersion.Split('/') is [var left, var right] ? (left, right) : ("", apiVersion);
        if (version.Length == 0 || kind.Length == 0)
        {
            return null;
        }

        var type = typeof(V1Pod).Assembly.GetType($"k8s.Models.{char.ToUpperInvariant(version[0])}{version[1..]}{kind}");
        return type?.GetCustomAttribute<KubernetesEntityAttribute>() is { } entity && entity.Group == group && entity.ApiVersion == version && entity.Kind == kind ? type : null;
    }

    /// <summary>True for kinds that the host has, whether their fields are known here or not.</summary>
    public static bool IsKnown(KubernetesObject one) => Find(one.ApiVersion, one.Kind) is not null || KnownByName.Contains((one.Group, one.Kind));

    /// <summary>
    /// True for what no host has: nothing of a kind, or of a group of Kubernetes's own that lacks it in this version. Other groups bring
    /// kinds of their own.
    /// </summary>
    public static bool IsNone(KubernetesObject one)
    {
        var version = one.ApiVersion.Split('/')[^1];
        var kinds = OfKubernetes.Value[one.Group].ToList();
        return one.Kind.Length == 0 || version.Length == 0 || one.Group == "extensions"
            || kinds.Exists(known => known.ApiVersion == version)
            || (kinds.Exists(known => known.Kind == one.Kind && IsStable(known.ApiVersion)) && !IsStable(version));
    }

    private static bool IsStable(string version) => !version.Contains("alpha", StringComparison.Ordinal) && !version.Contains("beta", StringComparison.Ordinal);

    private static IEnumerable<(string Group, string Kind)> Of(string group, params IEnumerable<string> kinds) => kinds.Select(kind => (group, kind));

    /// <summary>True for kinds that live outside namespaces.</summary>
    public static bool IsClusterScoped(string kind) => ClusterScoped.Contains(kind);
}
