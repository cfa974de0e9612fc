namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>The kinds of gate that an environment may ask for.</summary>
public static class GateKind
{
    /// <summary><c>deploy-tool gate</c>: no slower than what the environment runs now.</summary>
    public const string Latency = "latency";

    /// <summary><c>face-detector eval</c>: finds no fewer faces than before.</summary>
    public const string Accuracy = "accuracy";

    /// <summary><c>deploy-tool check-site</c>: a site runs the image, answers, and detects within its service level.</summary>
    public const string SiteCheck = "site-check";
}
