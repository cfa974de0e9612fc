namespace FaceEdge.Deploy.Promotion.Rollout;

/// <summary>One wave, as its commit tells it: of so many waves, reaching so many of all sites.</summary>
internal sealed record RolloutStep(
    string Environment, string From, CheckedImage Image, string Wave, int Number, int Waves, int Reached, int Sites);
