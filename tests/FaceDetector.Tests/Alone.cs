namespace FaceEdge.Tests;

/// <summary>Tests of what the service does within seconds by the clock: they run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
