using FaceEdge.Contracts;
namespace FaceEdge.Configuration;

/// <summary>How frames go out: the section <c>Stream</c>.</summary>
/// <param name="JpegQuality">1 to 100.</param>
/// <param name="MaxViewers">Streams and pages served at once; more are told to come back later.</param>
/// <param name="WriteTimeout">A viewer that takes no byte for so long is given up.</param>
internal sealed record StreamOptions(int JpegQuality, int MaxViewers, TimeSpan WriteTimeout)
{
    public static StreamOptions Read(SettingsReader reader) => new(
        reader.Read("Stream:JpegQuality", 80, SettingRules.Whole(20, 100)),
        reader.Read("Stream:MaxViewers", 200, SettingRules.Whole(1, 10_000)),
        TimeSpan.FromSeconds(reader.Read("Stream:WriteTimeoutSeconds", 15, SettingRules.Whole(1, 300))));
}
