using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>What the client library's types do not carry: required fields and closed lists of values, after the Kubernetes API reference.</summary>
internal static class KubernetesConstraints
{
    private static readonly Dictionary<Type, string[]> RequiredFields = new()
    {
        [typeof(V1Deployment)] = ["spec"],
        [typeof(V1DeploymentSpec)] = ["selector", "template"],
        [typeof(V1StatefulSetSpec)] = ["selector", "template"],
        [typeof(V1DaemonSetSpec)] = ["selector", "template"],
        [typeof(V1JobSpec)] = ["template"],
        [typeof(V1CronJobSpec)] = ["schedule", "jobTemplate"],
        [typeof(V1PodSpec)] = ["containers"],
        [typeof(V1Container)] = ["name", "image"],
        [typeof(V1EnvVar)] = ["name"],
        [typeof(V1VolumeMount)] = ["name", "mountPath"],
        [typeof(V1Volume)] = ["name"],
        [typeof(V1HTTPGetAction)] = ["port"],
        [typeof(V1ConfigMapKeySelector)] = ["key"],
        [typeof(V1SecretKeySelector)] = ["key"],
        [typeof(V1RoleBinding)] = ["roleRef"],
        [typeof(V1ClusterRoleBinding)] = ["roleRef"],
    };

    private static readonly Dictionary<(Type Type, string Field), string[]> Values = new()
    {
        [(typeof(V1Container), "imagePullPolicy")] = ["Always", "IfNotPresent", "Never"],
        [(typeof(V1Container), "terminationMessagePolicy")] = ["File", "FallbackToLogsOnError"],
        [(typeof(V1ContainerPort), "protocol")] = ["TCP", "UDP", "SCTP"],
        [(typeof(V1ServicePort), "protocol")] = ["TCP", "UDP", "SCTP"],
        [(typeof(V1ServiceSpec), "type")] = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
        [(typeof(V1ServiceSpec), "externalTrafficPolicy")] = ["Cluster", "Local"],
        [(typeof(V1ServiceSpec), "sessionAffinity")] = ["None", "ClientIP"],
        [(typeof(V1PodSpec), "restartPolicy")] = ["Always", "OnFailure", "Never"],
        [(typeof(V1PodSpec), "dnsPolicy")] = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
        [(typeof(V1DeploymentStrategy), "type")] = ["RollingUpdate", "Recreate"],
        [(typeof(V1SeccompProfile), "type")] = ["RuntimeDefault", "Localhost", "Unconfined"],
        [(typeof(V1HTTPGetAction), "scheme")] = ["HTTP", "HTTPS"],
    };

    public static IReadOnlyList<string> Required(Type type) => RequiredFields.GetValueOrDefault(type) ?? [];

    /// <summary>The values that a field may have; empty when any text will do.</summary>
    public static IReadOnlyList<string> Allowed(Type type, string field) => Values.GetValueOrDefault((type, field)) ?? [];
}
