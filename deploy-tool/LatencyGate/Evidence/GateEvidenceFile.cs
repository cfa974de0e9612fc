using System.Text.Json;

namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>Reads evidence files strictly: what is missing or misspelt is refused, never taken for a pass.</summary>
public static class GateEvidenceFile
{
    /// <summary>Beyond any report of ours; keeps a wrong file from filling the memory.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <exception cref="LatencyGateException">The file is absent, or is no evidence.</exception>
    public static GateEvidence Read(string path) => Parse(ReadBytes(path), path);

    /// <summary>All of the file, read once: whoever records its digest judges the same bytes.</summary>
    /// <exception cref="LatencyGateException">The file is absent, or too long to be evidence.</exception>
    public static byte[] ReadBytes(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw LatencyGateException.Unusable($"evidence file {path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}", "give the JSON report that a gate wrote");
        }

        if (file.Length > MaxBytes)
        {
            throw LatencyGateException.Unusable($"evidence file {path} holds {file.Length:N0} bytes", "give the JSON report that a gate wrote");
        }

        return File.ReadAllBytes(path);
    }

    /// <param name="json">UTF-8.</param>
    /// <param name="name">What error messages call the file.</param>
    public static GateEvidence Parse(ReadOnlySpan<byte> json, string name)
    {
        GateEvidence? evidence;
        try
        {
            evidence = JsonSerializer.Deserialize(json, LatencyGateJson.Default.GateEvidence);
        }
        catch (JsonException exception)
        {
            throw NotEvidence(name, exception.Message, exception);
        }

        if (evidence is null)
        {
            throw NotEvidence(name, "it is empty");
        }

        if (string.IsNullOrWhiteSpace(evidence.Kind))
        {
            throw NotEvidence(name, "kind is empty");
        }

        if (string.IsNullOrWhiteSpace(evidence.Subject.Commit) && string.IsNullOrWhiteSpace(evidence.Subject.Image))
        {
            throw NotEvidence(name, "subject names neither a commit nor an image");
        }

        return evidence;
    }

    private static LatencyGateException NotEvidence(string name, string why, Exception? inner = null) =>
        LatencyGateException.Unusable($"{name} is not gate evidence: {why}", "give the JSON report that gate, eval or check-site wrote", inner);
}
