using FaceEdge.Contracts;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>
/// Reads sites/rollout.yaml: the waves of each environment that has any. It stands beside the environments rather than in them, since a
/// site's host applies every file of the folder that it pulls.
/// </summary>
internal static class RolloutFile
{
    /// <summary>Name of the file in the sites folder.</summary>
    public const string FileName = "rollout.yaml";

    private const int WholeFleet = 100;

    /// <summary>Reads every environment's waves, and every fault.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="known">What has the environments that the file may name; null when that is not known.</param>
    public static (Dictionary<string, RolloutPolicy> Policies, IReadOnlyList<YamlFault> Faults) Parse(ReadOnlySpan<byte> bytes, DeliveryPolicy? known)
    {
        var policies = new Dictionary<string, RolloutPolicy>(StringComparer.Ordinal);
        if (YamlFile.TryParse(bytes, out var file) is { } fault)
        {
            return (policies, [fault]);
        }

        if (file.Documents is not [var document])
        {
            return (policies, [new YamlFault(new SourcePosition(0, 1, 1), $"the file must hold one document, not {file.Documents.Count}")]);
        }

        var faults = new List<YamlFault>();
        var reader = new YamlMappingReader(document.Root, "", faults);
        if (reader.RequiredText("version") is not ("1" or ""))
        {
            reader.Fault("version", "only version 1 is known; a newer deploy-tool may read this file");
        }

        foreach (var rollout in reader.Mappings("rollouts"))
        {
            var name = rollout.RequiredText("environment");
            var policy = ReadPolicy(rollout);
            if (!policies.TryAdd(name, policy))
            {
                rollout.Fault("environment", $"'{name}' is named twice");
            }

            if (name.Length > 0 && known is not null && known.Find(name) is null)
            {
                rollout.Fault("environment", $"'{name}' is no environment of {PolicyFile.FileName}{Suggestion.For(name, known.Environments.Select(one => one.Name))}");
            }
        }

        reader.Finish();
        return (policies, [.. faults.OrderBy(one => one.Position.Offset)]);
    }

    private static RolloutPolicy ReadPolicy(YamlMappingReader reader)
    {
        var checkedPercent = reader.Number("checkedPercent", 1, WholeFleet) ?? WholeFleet;
        var maximumAge = reader.Duration("maximumAge");
        var telemetry = TelemetryGateReader.Read(reader.Mapping("telemetry"));
        var waves = reader.Mappings("waves").Select(ReadWave).ToList();
        if (waves is [] || waves[^1] is not { Percent: WholeFleet, Labels.Count: 0 })
        {
            reader.Fault("waves", "the last wave must take every site: percent 100 and no labels");
        }

        reader.Finish();
        return new RolloutPolicy(waves, checkedPercent, maximumAge, telemetry);
    }

    private static Wave ReadWave(YamlMappingReader reader)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in reader.Texts("labels"))
        {
            if (label.Split('=', 2) is [{ Length: > 0 } key, { Length: > 0 } value])
            {
                labels[key] = value;
            }
            else
            {
                reader.Fault("labels", $"'{label}' must be key=value");
            }
        }

        var wave = new Wave(reader.RequiredText("name"), labels, reader.Number("percent", 1, WholeFleet) ?? WholeFleet);
        reader.Finish();
        return wave;
    }
}

/// <summary>How an environment with many sites gets an image.</summary>
/// <param name="Waves">In order; the last takes every site.</param>
/// <param name="CheckedPercent">How much of a wave's sites must have passed check-site before the next wave; 1 to 100.</param>
/// <param name="MaximumAge">How old a site check may be; null for any age.</param>
/// <param name="Telemetry">What the telemetry of the sites with the image must show before the next wave; null when it is not asked.</param>
internal sealed record RolloutPolicy(IReadOnlyList<Wave> Waves, int CheckedPercent, TimeSpan? MaximumAge, TelemetryGate? Telemetry);

/// <summary>One step of a rollout.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Labels">Labels that a site's Deployment must carry to be in the wave; empty for every site.</param>
/// <param name="Percent">How much of those sites has the image when the wave is done, earlier waves included; 1 to 100.</param>
internal sealed record Wave(string Name, IReadOnlyDictionary<string, string> Labels, int Percent);
