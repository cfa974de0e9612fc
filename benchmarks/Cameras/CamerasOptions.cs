using System.Globalization;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>What the scaling table compares.</summary>
/// <param name="Services">Each is measured with every number of cameras, in turns.</param>
/// <param name="Counts">Numbers of cameras.</param>
/// <param name="Viewers">Numbers of viewers of the first camera.</param>
/// <param name="Seconds">How long a row is measured each time.</param>
/// <param name="Repeats">How often.</param>
internal sealed record CamerasOptions(IReadOnlyList<Service> Services, IReadOnlyList<int> Counts, IReadOnlyList<int> Viewers, int Seconds, int Repeats)
{
    private const string Usage =
        "cameras takes --service NAME=PATH[,SETTING=VALUE...] (again for another), --counts 1,4,8,16,32, --viewers 0,1, --seconds N, --repeats N";

    /// <exception cref="FormatException">An option is unknown or its value is not usable.</exception>
    public static CamerasOptions Parse(ReadOnlySpan<string> args)
    {
        var services = new List<Service>();
        var options = new CamerasOptions(services, [1, 4, 8, 16, 32], [0, 1], Seconds: 10, Repeats: 3);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{args[i]} is unknown or lacks a value: {Usage}");
            options = args[i] switch
            {
                "--service" => options with { Services = [.. options.Services, Service.Parse(value)] },
                "--counts" => options with { Counts = Numbers(value) },
                "--viewers" => options with { Viewers = Numbers(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--repeats" => options with { Repeats = Number(value) },
                _ => throw new FormatException($"unknown option {args[i]}: {Usage}"),
            };
        }

        return options.Services.Count > 0 ? options : options with { Services = [Service.OfThisBuild] };
    }

    private static int[] Numbers(string list) => [.. list.Split(',').Select(Number)];

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
