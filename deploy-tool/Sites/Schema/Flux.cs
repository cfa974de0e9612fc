using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>helm.toolkit.fluxcd.io/v2beta1 and v2: a chart that Flux keeps installed.</summary>
internal sealed record HelmRelease(
    [property: JsonPropertyName("apiVersion"), Required] string ApiVersion,
    [property: JsonPropertyName("kind"), Required] string Kind,
    [property: JsonPropertyName("metadata"), Required] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), Required] HelmReleaseSpec Spec);

internal sealed record HelmReleaseSpec(
    [property: JsonPropertyName("chart")] HelmReleaseChart? Chart,
    [property: JsonPropertyName("chartRef")] HelmReleaseChartReference? ChartRef,
    [property: JsonPropertyName("interval"), Required, FluxDuration] string Interval,
    [property: JsonPropertyName("timeout"), FluxDuration] string? Timeout,
    [property: JsonPropertyName("releaseName")] string? ReleaseName,
    [property: JsonPropertyName("targetNamespace")] string? TargetNamespace,
    [property: JsonPropertyName("storageNamespace")] string? StorageNamespace,
    [property: JsonPropertyName("serviceAccountName")] string? ServiceAccountName,
    [property: JsonPropertyName("suspend")] bool? Suspend,
    [property: JsonPropertyName("maxHistory")] int? MaxHistory,
    [property: JsonPropertyName("dependsOn")] IReadOnlyList<HelmReleaseDependency>? DependsOn,
    [property: JsonPropertyName("install")] HelmReleaseInstall? Install,
    [property: JsonPropertyName("upgrade")] HelmReleaseUpgrade? Upgrade,
    [property: JsonPropertyName("rollback")] object? Rollback,
    [property: JsonPropertyName("uninstall")] object? Uninstall,
    [property: JsonPropertyName("test")] object? Test,
    [property: JsonPropertyName("driftDetection")] object? DriftDetection,
    [property: JsonPropertyName("kubeConfig")] object? KubeConfig,
    [property: JsonPropertyName("persistentClient")] bool? PersistentClient,
    [property: JsonPropertyName("postRenderers")] IReadOnlyList<object>? PostRenderers,
    [property: JsonPropertyName("valuesFrom")] IReadOnlyList<object>? ValuesFrom,
    [property: JsonPropertyName("values")] object? Values);

internal sealed record HelmReleaseDependency(
    [property: JsonPropertyName("name"), Required] string Name,
    [property: JsonPropertyName("namespace")] string? Namespace);

/// <summary>v2: a chart that another object brings.</summary>
internal sealed record HelmReleaseChartReference(
    [property: JsonPropertyName("kind"), Required, AllowedValues("OCIRepository", "HelmChart", "ExternalArtifact")] string Kind,
    [property: JsonPropertyName("name"), Required] string Name,
    [property: JsonPropertyName("namespace")] string? Namespace,
    [property: JsonPropertyName("apiVersion")] string? ApiVersion);

internal sealed record HelmReleaseChart(
    [property: JsonPropertyName("metadata")] object? Metadata,
    [property: JsonPropertyName("spec"), Required] HelmReleaseChartSpec Spec);

internal sealed record HelmReleaseChartSpec(
    [property: JsonPropertyName("chart"), Required] string Chart,
    [property: JsonPropertyName("version")] string? Version,
    [property: JsonPropertyName("sourceRef"), Required] HelmReleaseSource SourceRef,
    [property: JsonPropertyName("interval"), FluxDuration] string? Interval,
    [property: JsonPropertyName("reconcileStrategy"), AllowedValues("ChartVersion", "Revision")] string? ReconcileStrategy,
    [property: JsonPropertyName("valuesFiles")] IReadOnlyList<string>? ValuesFiles,
    [property: JsonPropertyName("verify")] object? Verify);

internal sealed record HelmReleaseSource(
    [property: JsonPropertyName("kind"), Required, AllowedValues("HelmRepository", "GitRepository", "Bucket")] string Kind,
    [property: JsonPropertyName("name"), Required] string Name,
    [property: JsonPropertyName("namespace")] string? Namespace,
    [property: JsonPropertyName("apiVersion")] string? ApiVersion);

internal sealed record HelmReleaseInstall(
    [property: JsonPropertyName("crds"), AllowedValues("Skip", "Create", "CreateReplace")] string? Crds,
    [property: JsonPropertyName("createNamespace")] bool? CreateNamespace,
    [property: JsonPropertyName("disableHooks")] bool? DisableHooks,
    [property: JsonPropertyName("disableWait")] bool? DisableWait,
    [property: JsonPropertyName("disableWaitForJobs")] bool? DisableWaitForJobs,
    [property: JsonPropertyName("disableOpenAPIValidation")] bool? DisableOpenApiValidation,
    [property: JsonPropertyName("replace")] bool? Replace,
    [property: JsonPropertyName("skipCRDs")] bool? SkipCrds,
    [property: JsonPropertyName("timeout"), FluxDuration] string? Timeout,
    [property: JsonPropertyName("remediation")] HelmReleaseRemediation? Remediation);

internal sealed record HelmReleaseUpgrade(
    [property: JsonPropertyName("crds"), AllowedValues("Skip", "Create", "CreateReplace")] string? Crds,
    [property: JsonPropertyName("cleanupOnFail")] bool? CleanupOnFail,
    [property: JsonPropertyName("disableHooks")] bool? DisableHooks,
    [property: JsonPropertyName("disableWait")] bool? DisableWait,
    [property: JsonPropertyName("disableWaitForJobs")] bool? DisableWaitForJobs,
    [property: JsonPropertyName("disableOpenAPIValidation")] bool? DisableOpenApiValidation,
    [property: JsonPropertyName("force")] bool? Force,
    [property: JsonPropertyName("preserveValues")] bool? PreserveValues,
    [property: JsonPropertyName("timeout"), FluxDuration] string? Timeout,
    [property: JsonPropertyName("remediation")] HelmReleaseRemediation? Remediation);

internal sealed record HelmReleaseRemediation(
    [property: JsonPropertyName("retries")] int? Retries,
    [property: JsonPropertyName("ignoreTestFailures")] bool? IgnoreTestFailures,
    [property: JsonPropertyName("remediateLastFailure")] bool? RemediateLastFailure,
    [property: JsonPropertyName("strategy"), AllowedValues("rollback", "uninstall")] string? Strategy);

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

/// <summary>A duration as Flux's schemas ask for it: numbers with ms, s, m or h.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FluxDurationAttribute : RegularExpressionAttribute
{
    public FluxDurationAttribute()
        : base(@"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$")
    {
    }
}
