namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>What an image does to the sites that run it.</summary>
/// <param name="Slowness">Factor on detection's time.</param>
/// <param name="CrashesEvery">How long the service lives; null for ever.</param>
/// <param name="IsCameraDead">Whether no frame comes in.</param>
/// <param name="IsBlind">Whether no face is found.</param>
internal sealed record ReleaseBehaviour(double Slowness = 1, TimeSpan? CrashesEvery = null, bool IsCameraDead = false, bool IsBlind = false)
{
    public static ReleaseBehaviour Good { get; } = new();
}
