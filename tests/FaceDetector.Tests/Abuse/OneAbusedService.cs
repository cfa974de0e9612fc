namespace FaceEdge.Tests.Abuse;

/// <summary>All abuse goes to one service, one kind after the other: what one kind leaves behind, the next one would show.</summary>
[CollectionDefinition(nameof(OneAbusedService))]
public sealed class OneAbusedService : ICollectionFixture<ServiceProcess>;
