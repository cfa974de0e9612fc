namespace FaceEdge.Deploy.Promotion.Rollout;

/// <summary>How far a wave is: sites that are to have the image when it is done, and those that have it before this run.</summary>
internal sealed record WaveStatus(string Name, int Sites, int Done);
