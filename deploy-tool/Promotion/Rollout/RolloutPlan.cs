namespace FaceEdge.Deploy.Promotion.Rollout;

/// <summary>The change of one wave within its rollout.</summary>
/// <param name="Change">What this run does.</param>
/// <param name="Waves">Every wave, in order.</param>
/// <param name="Wave">Number of the wave that this run is about, from 1; 0 when the rollout is done.</param>
/// <param name="ToCheck">Sites to check before the next wave: those that have the image after this one.</param>
internal sealed record RolloutPlan(ChangePlan Change, IReadOnlyList<WaveStatus> Waves, int Wave, IReadOnlyList<string> ToCheck);
