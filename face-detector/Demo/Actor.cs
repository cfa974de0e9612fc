namespace FaceEdge.Demo;

/// <summary>One person in a scene.</summary>
/// <param name="Traits">Who.</param>
/// <param name="Row">0 is farthest; whatever stands in front of a row hides the lower part of it.</param>
/// <param name="FaceHeight">Pixels from hairline to chin.</param>
/// <param name="Motion">Where and how.</param>
internal sealed record Actor(FaceTraits Traits, int Row, float FaceHeight, Motion Motion);
