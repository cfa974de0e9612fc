using System.Globalization;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>Reads the gates of one environment from the policy file.</summary>
internal static class GatePolicyReader
{
    public static GatePolicy Read(YamlMappingReader reader)
    {
        var gates = new GatePolicy(
            ReadEvidence(reader.Mapping("latency")),
            ReadEvidence(reader.Mapping("accuracy")),
            ReadEvidence(reader.Mapping("siteCheck")),
            TelemetryGateReader.Read(reader.Mapping("telemetry")),
            reader.Duration("soak"),
            ReadApprovals(reader.Mapping("approvals")),
            ReadSignature(reader.Mapping("signature")),
            [.. reader.Mappings("freezes").Select(ReadFreeze).OfType<FreezeWindow>()]);
        reader.Finish();
        return gates;
    }

    private static EvidenceGate? ReadEvidence(YamlMappingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var gate = new EvidenceGate(reader.Duration("maximumAge"));
        reader.Finish();
        return gate;
    }

    private static ApprovalGate? ReadApprovals(YamlMappingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        _ = reader.RequiredText("count");
        var gate = new ApprovalGate(reader.Number("count", 1, 20) ?? 1, reader.Texts("from"));
        if (gate.From.Count > 0 && gate.From.Count < gate.Count)
        {
            reader.Fault("from", $"names fewer people than approvals are asked for: {gate.From.Count} of {gate.Count}");
        }

        reader.Finish();
        return gate;
    }

    private static SignatureGate? ReadSignature(YamlMappingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var gate = new SignatureGate(reader.RequiredText("publicKey"));
        if (!gate.IsInline && (Path.IsPathRooted(gate.PublicKey) || gate.PublicKey.Split('/', '\\').Contains("..")))
        {
            reader.Fault("publicKey", $"'{gate.PublicKey}' must be a file within the sites folder");
        }

        reader.Finish();
        return gate;
    }

    private static FreezeWindow? ReadFreeze(YamlMappingReader reader)
    {
        var name = reader.RequiredText("name");
        var weekly = reader.Mapping("weekly");
        FreezeWindow? freeze = weekly is null ? ReadAbsolute(reader, name) : ReadWeekly(weekly, name);
        if (weekly is not null && (reader.Node("from") ?? reader.Node("to")) is not null)
        {
            reader.Fault("weekly", "a freeze is either weekly or from and to, not both");
        }

        reader.Finish();
        return freeze;
    }

    private static AbsoluteFreeze? ReadAbsolute(YamlMappingReader reader, string name)
    {
        var from = Moment(reader, "from");
        var to = Moment(reader, "to");
        if (to <= from)
        {
            reader.Fault("to", "must be after from");
        }

        return from is { } start && to is { } end ? new AbsoluteFreeze(name, start, end) : null;
    }

    private static WeeklyFreeze? ReadWeekly(YamlMappingReader reader, string name)
    {
        var from = WeekMoment(reader, "from");
        var to = WeekMoment(reader, "to");
        var zone = Zone(reader);
        if (from is not null && from == to)
        {
            reader.Fault("to", "must differ from from");
        }

        reader.Finish();
        return from is { } start && to is { } end && zone is not null ? new WeeklyFreeze(name, start, end, zone) : null;
    }

    private static DateTimeOffset? Moment(YamlMappingReader reader, string key)
    {
        var text = reader.RequiredText(key);
        if (text.Length == 0)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        reader.Fault(key, $"'{text}' must be a moment with its offset, such as 2026-12-18T18:00:00Z");
        return null;
    }

    private static WeekTime? WeekMoment(YamlMappingReader reader, string key)
    {
        var text = reader.RequiredText(key);
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Split(' ') is [var day, var time]
            && Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames, name => name == day) is >= 0 and var index
            && TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return new WeekTime((DayOfWeek)index, clock.ToTimeSpan());
        }

        reader.Fault(key, $"'{text}' must be a day and a time, such as Fri 16:00");
        return null;
    }

    private static TimeZoneInfo? Zone(YamlMappingReader reader)
    {
        var name = reader.Text("timeZone") ?? "UTC";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        reader.Fault("timeZone", $"'{name}' is not a time zone this machine knows, such as Europe/Berlin or UTC");
        return null;
    }
}
