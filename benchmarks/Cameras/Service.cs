namespace FaceEdge.Benchmarks.Cameras;

/// <summary>A service to measure, or the same one under other settings.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Command">An executable, or a .dll.</param>
/// <param name="Settings">As the environment names them, such as Capture__Idle.</param>
internal sealed record Service(string Name, string Command, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The one beside this program.</summary>
    public static Service OfThisBuild { get; } = new("service", Path.Combine(AppContext.BaseDirectory, "face-detector.dll"), new Dictionary<string, string>());

    /// <summary>The service that a text describes; null where a part has no equals sign, or a setting stands there twice.</summary>
    /// <param name="text">NAME=PATH[,SETTING=VALUE...]; an empty path takes the one beside this program.</param>
    public static Service? TryParse(string text)
    {
        var parts = text.Split(',').Select(part => part.Split('=', 2)).ToArray();
        return parts.Any(part => part.Length < 2) || parts.Skip(1).DistinctBy(part => part[0]).Count() < parts.Length - 1
            ? null
            : new Service(parts[0][0], parts[0][1] is { Length: > 0 } path ? path : OfThisBuild.Command, parts.Skip(1).ToDictionary(part => part[0], part => part[1]));
    }
}
