namespace FaceEdge.Deploy.Sites;

/// <summary>One step of a rollout.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Labels">Labels that a site's Deployment must carry to be in the wave; empty for every site.</param>
/// <param name="Percent">How much of those sites has the image when the wave is done, earlier waves included; 1 to 100.</param>
internal sealed record Wave(string Name, IReadOnlyDictionary<string, string> Labels, int Percent);
