using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The pod-security labels of a Namespace.</summary>
internal static class PodSecurity
{
    public static IReadOnlyList<string> Modes { get; } = ["enforce", "audit", "warn"];

    public static string? Level(KubernetesObject space, string mode) => space.Root.Text("metadata", "labels", $"pod-security.kubernetes.io/{mode}");
}
