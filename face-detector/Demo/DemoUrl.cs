using System.Globalization;
using FaceEdge.Contracts;

namespace FaceEdge.Demo;

/// <summary>Reads <c>demo:?size=640x360&amp;faces=5&amp;fps=30&amp;seed=7</c>; every part may be left out.</summary>
internal static class DemoUrl
{
    public const string Scheme = "demo:";

    private const string Example = "demo:?size=640x360&faces=5&fps=30&seed=7";

    /// <param name="url">The camera's URL.</param>
    /// <exception cref="FormatException">A parameter is unknown, given twice or out of range; the message names it and what is allowed.</exception>
    public static DemoSettings Parse(string url)
    {
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || url[Scheme.Length..] is not ("" or ['?', ..]))
        {
            throw new FormatException($"it is not a demo URL: write {Scheme} alone or with parameters, such as {Example}.");
        }

        var settings = DemoSettings.Default;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in url[Scheme.Length..].TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            if (!seen.Add(name))
            {
                throw new FormatException($"demo: parameter \"{name}\" is given twice.");
            }

            settings = name switch
            {
                "size" => WithSize(settings, value),
                "faces" => settings with { Faces = Number(name, value, 0, 12) },
                "fps" => settings with { FramesPerSecond = Number(name, value, 1, 120) },
                "seed" => settings with { Seed = Number(name, value, 0, int.MaxValue) },
                _ => throw new FormatException($"demo: has no parameter \"{SecretText.Mask(name)}\": size, faces, fps and seed are known, as in {Example}."),
            };
        }

        return settings;
    }

    /// <summary>What is wrong with the URL, or null.</summary>
    public static string? FaultOf(string url)
    {
        try
        {
            Parse(url);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static DemoSettings WithSize(DemoSettings settings, string value)
    {
        var cross = value.IndexOf('x', StringComparison.OrdinalIgnoreCase);
        if (cross < 0)
        {
            throw new FormatException($"demo: size=\"{value}\" is not WIDTHxHEIGHT, such as 1280x720.");
        }

        return settings with
        {
            Width = Number("size (width)", value[..cross], 160, 3840),
            Height = Number("size (height)", value[(cross + 1)..], 120, 2160),
        };
    }

    private static int Number(string name, string value, int low, int high) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number
            : throw new FormatException($"demo: {name}=\"{value}\" is not a whole number from {low} to {high}.");
}
