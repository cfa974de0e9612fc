using System.Reflection;
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
        [("helm.toolkit.fluxcd.io/v2", "HelmRelease")] = typeof(HelmRelease),
    };

    private static readonly HashSet<string> ClusterScoped = new(StringComparer.Ordinal)
    {
        "APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "CSIDriver", "CSINode", "CustomResourceDefinition", "IngressClass",
        "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PriorityClass", "RuntimeClass", "StorageClass",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VirtualMachineClass",
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

    /// <summary>True for kinds that live outside namespaces.</summary>
    public static bool IsClusterScoped(string kind) => ClusterScoped.Contains(kind);
}
