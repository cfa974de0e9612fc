namespace FaceEdge.Web.Api;

/// <summary>Whether the service does what it is here for.</summary>
/// <param name="Status">"ready", "degraded" (it serves, and a camera is out) or "unready".</param>
/// <param name="Reasons">One sentence a fault; empty when ready.</param>
internal sealed record ReadinessDto(string Status, IReadOnlyList<string> Reasons)
{
    public const string Ready = "ready";
    public const string Degraded = "degraded";
    public const string Unready = "unready";
}
