using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Contracts;

namespace FaceEdge.Evaluation;

/// <summary>The figures that a model must hold, committed beside the code.</summary>
/// <param name="AllowedFall">By how much an average precision may fall below its figure, 0 to 1.</param>
/// <param name="Entries">One for each model, set of labels and input side.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AccuracyBaseline(double AllowedFall, IReadOnlyList<AccuracyBaseline.Entry> Entries)
{
    /// <summary>A hundredth: more than the spread between processors and imaging libraries, less than anyone would notice.</summary>
    public const double DefaultAllowedFall = 0.01;

    private const int Decimals = 4;

    public static AccuracyBaseline Empty { get; } = new(DefaultAllowedFall, []);

    /// <exception cref="EvaluationException">The file cannot be read or is not a baseline.</exception>
    public static AccuracyBaseline Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), EvaluationJson.Default.AccuracyBaseline)
                ?? throw new EvaluationException($"The baseline {path} holds nothing.");
        }
        catch (JsonException exception)
        {
            throw new EvaluationException($"The baseline {path} is not as it must be, line {exception.LineNumber + 1}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The baseline {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The figures for this report's model, labels and input side; null when there are none.</summary>
    public Entry? Find(EvaluationReport report)
        => Entries.FirstOrDefault(entry =>
            entry.Model == report.Model && entry.LabelsSha256 == report.LabelsSha256 && entry.InputSide == report.InputSide);

    /// <summary>With this report's figures in place of earlier ones.</summary>
    public AccuracyBaseline With(EvaluationReport report)
    {
        var entry = new Entry(
            report.Model,
            report.ModelSha256,
            report.LabelsSha256,
            report.InputSide,
            report.Sizes.ToDictionary(size => size.Size, size => Math.Round(size.AveragePrecision, Decimals)));
        var before = Find(report);
        return this with { Entries = before is null ? [.. Entries, entry] : [.. Entries.Select(other => other == before ? entry : other)] };
    }

    /// <exception cref="EvaluationException">The file cannot be written.</exception>
    public void Write(string path)
    {
        try
        {
            AtomicFile.Write(path, [.. JsonSerializer.SerializeToUtf8Bytes(this, EvaluationJson.Default.AccuracyBaseline), (byte)'\n']);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The baseline {path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <param name="Model">Its name.</param>
    /// <param name="ModelSha256">Of the file that gave the figures; a retrained model of the same name is held to them.</param>
    /// <param name="LabelsSha256">Of the labels that gave the figures; others are no comparison.</param>
    /// <param name="InputSide">Pixels of the longer side of the model's input.</param>
    /// <param name="AveragePrecision">By size class.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Entry(
        string Model, string ModelSha256, string LabelsSha256, int InputSide, IReadOnlyDictionary<string, double> AveragePrecision);
}
