namespace FaceEdge.Deploy.Rehearsal.Packing;

/// <summary>What an image is packed of.</summary>
/// <param name="Platforms">Folders of each platform, one for each layer, the lowest first.</param>
/// <param name="Labels">Labels of each image's configuration.</param>
/// <param name="Environment">Variables as NAME=VALUE.</param>
/// <param name="Entrypoint">Command and arguments.</param>
/// <param name="WorkingDirectory">In the image.</param>
/// <param name="User">As whom it runs.</param>
internal sealed record ImageContent(
    IReadOnlyList<PlatformLayers> Platforms,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> Environment,
    IReadOnlyList<string> Entrypoint,
    string WorkingDirectory,
    string User);

/// <summary>The folders that become the layers of one platform's image.</summary>
/// <param name="Platform">Such as linux/arm64.</param>
/// <param name="Folders">The lowest layer first.</param>
internal sealed record PlatformLayers(string Platform, IReadOnlyList<string> Folders);
