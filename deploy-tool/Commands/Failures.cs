using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.LatencyGate;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary>The one place where what libraries throw becomes an exit code.</summary>
internal static class Failures
{
    /// <summary>The failure as the operator is told it; null for an exception that no library of ours explains.</summary>
    public static DeployException? Explain(Exception exception) => exception switch
    {
        GitException { Failure: GitFailure.Refused } git => DeployException.Refused(git.Message, git.Remedy, git),
        GitException { Failure: GitFailure.Unavailable } git => DeployException.Undecided(git.Message, git.Remedy, git),
        GitException git => DeployException.BadInput(git.Message, git.Remedy, git),
        PrometheusException { IsUnavailable: true } prometheus => DeployException.Undecided(prometheus.Message, prometheus.Remedy, prometheus),
        PrometheusException prometheus => DeployException.BadInput(prometheus.Message, prometheus.Remedy, prometheus),
        RegistryException { IsUnavailable: true } registry => DeployException.Undecided(registry.Message, registry.Remedy, registry),
        RegistryException registry => DeployException.BadInput(registry.Message, registry.Remedy, registry),
        LatencyGateException { IsUndecided: true } gate => DeployException.Undecided(gate.Message, gate.Remedy, gate),
        LatencyGateException gate => DeployException.BadInput(gate.Message, gate.Remedy, gate),
        SitesException sites => DeployException.BadInput(sites.Message, sites.Remedy, sites),
        _ => null,
    };
}
