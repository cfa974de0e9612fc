using System.Globalization;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>Reads <c>telemetry</c>, of an environment's gates or of a rollout.</summary>
internal static class TelemetryGateReader
{
    private const int DefaultReporting = 95;
    private const double DefaultError = 0.01;

    /// <summary>Whole per cents are what people write; a thousandth of one is finer than any site count.</summary>
    private const double FinestError = 0.00001;

    private const double CoarsestError = 0.1;

    private static readonly TimeSpan DefaultObserve = TimeSpan.FromMinutes(30);

    public static TelemetryGate? Read(YamlMappingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var reporting = Share(reader, "reporting", 0.01, 1) ?? (DefaultReporting / 100.0);
        var checks = reader.Mappings("checks").Select(ReadCheck).OfType<TelemetryCheck>().ToList();
        foreach (var name in checks.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            reader.Fault("checks", $"'{name.Key}' is named twice");
        }

        if (checks.Count > 0 && checks.TrueForAll(check => check is CanaryCheck))
        {
            reader.Fault("checks", "name a query, too: waves too small for a comparison rest on it");
        }

        var gate = new TelemetryGate(
            (int)Math.Ceiling(100 * reporting),
            reader.Duration("observe") ?? DefaultObserve,
            Share(reader, "error", FinestError, CoarsestError) ?? DefaultError,
            checks,
            reader.Flag("replacesSiteCheck") ?? false);
        reader.Finish();
        return gate;
    }

    private static TelemetryCheck? ReadCheck(YamlMappingReader reader)
    {
        var name = reader.RequiredText("name");
        TelemetryCheck? check = (reader.Text("query"), reader.Text("canary")) switch
        {
            ({ } query, null) => ReadQuery(reader, name, query),
            (null, { } measure) => ReadCanary(reader, name, measure),
            _ => null,
        };
        if (reader.Node("query") is null == reader.Node("canary") is null)
        {
            reader.Fault("name", $"'{name}' must have either a query with a bound, or canary: {Measures}");
            return null;
        }

        reader.Finish();
        return check;
    }

    private static QueryCheck? ReadQuery(YamlMappingReader reader, string name, string query)
    {
        var (most, least) = (Number(reader, "atMost"), Number(reader, "atLeast"));
        if (reader.Node("atMost") is null && reader.Node("atLeast") is null)
        {
            reader.Fault("query", "needs a bound: atMost, atLeast, or both");
        }

        foreach (var word in query.Split('$').Skip(1).Select(rest => "$" + new string([.. rest.TakeWhile(char.IsAsciiLetter)])))
        {
            if (word != "$" && !QueryCheck.Placeholders.Contains(word))
            {
                reader.Fault("query", $"'{word}' is no placeholder; known here: {string.Join(", ", QueryCheck.Placeholders)}");
            }
        }

        return new QueryCheck(name, query, most, least);
    }

    private static CanaryCheck? ReadCanary(YamlMappingReader reader, string name, string measure)
    {
        if (!Enum.TryParse<CanaryMeasure>(measure, ignoreCase: true, out var known) || !measure.All(char.IsAsciiLetterLower))
        {
            reader.Fault("canary", $"'{measure}' must be one of {Measures}");
            return null;
        }

        var margin = known switch
        {
            CanaryMeasure.Latency => Share(reader, "margin", 0, 10) ?? 0.10,
            CanaryMeasure.Camera => Share(reader, "margin", 0, 1) ?? 0.05,
            CanaryMeasure.Faces => Share(reader, "margin", 0, 0.99) ?? 0.30,
            _ => reader.Number("margin", 0, 1000) ?? 1,
        };
        return new CanaryCheck(name, known, margin);
    }

    private static string Measures => string.Join(", ", Enum.GetNames<CanaryMeasure>().Select(one => one.ToLowerInvariant()));

    /// <summary>A share written as 95% or 0.1%, or as a whole number of per cents as the other keys of the file have it.</summary>
    private static double? Share(YamlMappingReader reader, string key, double minimum, double maximum)
    {
        if (reader.Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent / 100 >= minimum && percent / 100 <= maximum)
        {
            return percent / 100;
        }

        reader.Fault(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' must be from {100 * minimum:0.#####}% to {100 * maximum:0.#####}%"));
        return null;
    }

    private static double? Number(YamlMappingReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        reader.Fault(key, $"'{text}' must be a number");
        return null;
    }
}
