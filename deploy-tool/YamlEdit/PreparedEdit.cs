using System.Text;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Places of one file, found once, that can be given values many times: a template that thousands of files are made of. Each writing starts from
/// the same bytes.
/// </summary>
public sealed class PreparedEdit
{
    private const string StringTag = "tag:yaml.org,2002:str";

    private readonly byte[] _file;
    private readonly YamlFile _yaml;
    private readonly IReadOnlyList<Target> _targets;

    private PreparedEdit(byte[] file, YamlFile yaml, IReadOnlyList<Target> targets)
    {
        _file = file;
        _yaml = yaml;
        _targets = targets;
        Values = [.. targets.Select(target => target.Value)];
        Positions = [.. targets.Select(target => target.Position)];
    }

    /// <summary>What stands at the places, in their order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Where in the file each place is.</summary>
    public IReadOnlyList<SourcePosition> Positions { get; }

    /// <summary>Finds the places.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="places">What is to be given values.</param>
    /// <param name="edit">The places, found.</param>
    /// <returns>Null when each is there once, otherwise the first that is not, and why.</returns>
    public static ScalarEditResult? TryPrepare(byte[] file, YamlFile yaml, IReadOnlyList<ScalarPlace> places, out PreparedEdit edit)
    {
        edit = null!;
        var targets = new List<Target>();
        foreach (var place in places)
        {
            var at = ScalarLookup.Find(yaml, place.Document, place.Path);
            if (at.Scalar is null)
            {
                return ScalarEdit.Refuse(file, at.Outcome, at.Position, at.Message);
            }

            JsonMember? member = null;
            if (place.Member is not null && JsonMember.TryFind(at.Scalar.Value, place.Member, out member) is { } problem)
            {
                return ScalarEdit.Refuse(file, ScalarEditOutcome.Absent, at.Position, $"{place.Path} {problem}");
            }

            targets.Add(Target.Of(place, at, member, yaml.Text.Value));
        }

        edit = new PreparedEdit(file, yaml, targets);
        return null;
    }

    /// <summary>The file with values at its places, read again and compared: nothing else may have changed.</summary>
    public ScalarEditResult Write(IReadOnlyList<string> values)
    {
        var (composed, changed) = ComposeAll(values);
        if (composed.Outcome != ScalarEditOutcome.Changed)
        {
            return composed;
        }

        return YamlFile.TryParse(composed.Bytes, out var after) is null
            && YamlComparison.DifferOnlyIn(_yaml.Documents, after.Documents, changed)
            && SecondReading.Agrees(_yaml, after, changed)
                ? composed
                : ScalarEdit.Refuse(_file, ScalarEditOutcome.Unsupported, composed.Position, "the value cannot be written here without changing what surrounds it");
    }

    /// <summary>The same without reading the result again: what <see cref="Write"/> writes, where it writes anything.</summary>
    public ScalarEditResult Compose(IReadOnlyList<string> values) => ComposeAll(values).Result;

    private (ScalarEditResult Result, Dictionary<int, string> Changed) ComposeAll(IReadOnlyList<string> values)
    {
        var changed = new Dictionary<int, string>();
        if (values.Any(value => !IsWellFormed(value)))
        {
            throw new ArgumentException("the value is not valid Unicode: it holds half of a surrogate pair", nameof(values));
        }

        for (var i = 0; i < _targets.Count; i++)
        {
            if (Obstacle(i, values) is { } obstacle)
            {
                return (ScalarEdit.Refuse(_file, ScalarEditOutcome.Unsupported, _targets[i].Position, $"{_targets[i].Place.Path} {obstacle}"), changed);
            }
        }

        var splices = new List<Splice>();
        foreach (var scalar in _targets.Index().GroupBy(one => one.Item.Scalar.Number))
        {
            splices.AddRange(SplicesOf(scalar.First().Item.Scalar, [.. scalar], values, changed));
        }

        var unchanged = new ScalarEditResult(ScalarEditOutcome.Unchanged, _file, _targets.Count > 0 ? Values[0] : null, _targets.Count > 0 ? Positions[0] : default, "");
        return splices.Count == 0
            ? (unchanged, changed)
            : (unchanged with { Outcome = ScalarEditOutcome.Changed, Bytes = Apply(splices) }, changed);
    }

    private IEnumerable<Splice> SplicesOf(YamlScalar scalar, IReadOnlyList<(int Index, Target Target)> targets, IReadOnlyList<string> values, Dictionary<int, string> changed)
    {
        if (targets[0].Target.Member is null)
        {
            var value = values[targets[0].Index];
            return scalar.Value != value || scalar is { Style: ScalarStyle.Plain, Value: "" } ? [Whole(scalar, value, changed)] : [];
        }

        var members = targets.Where(one => one.Target.Member!.Value != values[one.Index]).DistinctBy(one => one.Target.Member!.Start)
            .OrderByDescending(one => one.Target.Member!.Start).ToList();
        if (members.Count == 0)
        {
            return [];
        }

        var text = members.Aggregate(
            scalar.Value, (json, one) => string.Concat(json.AsSpan(0, one.Target.Member!.Start), one.Target.Member.Write(values[one.Index]), json.AsSpan(one.Target.Member.End)));
        if (scalar.Style != ScalarStyle.Literal)
        {
            return [Whole(scalar, text, changed)];
        }

        changed[scalar.Number] = text;
        return members.Select(one => new Splice(one.Target.Start, one.Target.End, one.Target.Member!.Write(values[one.Index])!));
    }

    private Splice Whole(YamlScalar scalar, string value, Dictionary<int, string> changed)
    {
        changed[scalar.Number] = value;
        var start = scalar.ContentOffset;

        // An empty plain scalar comes right after its colon or dash.
        var gap = start == scalar.EndOffset && start > 0 && !char.IsWhiteSpace(_yaml.Text.Value[start - 1]) ? " " : "";
        return new Splice(start, scalar.EndOffset, gap + ScalarWriter.Write(value, scalar));
    }

    private byte[] Apply(List<Splice> splices)
    {
        var result = new MemoryStream(_file.Length + 256);
        var at = 0;
        foreach (var splice in splices.OrderBy(one => one.Start))
        {
            var start = _yaml.Text.ByteOffset(splice.Start);
            result.Write(_file.AsSpan(at, start - at));
            result.Write(Encoding.UTF8.GetBytes(splice.Text));
            at = _yaml.Text.ByteOffset(splice.End);
        }

        result.Write(_file.AsSpan(at));
        return result.ToArray();
    }

    /// <summary>Why a place cannot have its value; null when it can.</summary>
    private string? Obstacle(int index, IReadOnlyList<string> values)
    {
        var (target, value) = (_targets[index], values[index]);
        return target.Scalar is { Tag: not (null or StringTag) }
            ? $"has the tag {target.Scalar.Tag}; only strings are edited"
            : (target.Member is null ? InScalar(target.Scalar, value) : InJson(target, value)) ?? Elsewhere(target, value, values);
    }

    private static string? InScalar(YamlScalar scalar, string value) => scalar switch
    {
        { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } => null,
        { Value: "" or [.., '\n'] } => "is a block scalar that is empty or ends in a line break; write it on one line, or with |- or >-",
        _ when !ScalarWriter.FitsBlockScalar(value) => "is a block scalar (| or >), in which the new value cannot stand; write it on one line first",
        _ => null,
    };

    private static string? InJson(Target target, string value) => target switch
    {
        { Scalar.Style: ScalarStyle.Folded } => "is a folded block scalar (>), in which JSON cannot be edited; write it with |",
        _ when target.Member!.Write(value) is null => $"holds {target.Member.Value} at {target.Place.Member}, and '{value}' is not of its kind",
        _ => null,
    };

    /// <summary>Where else the scalar is used, through its anchor, without being given the same value; null when nowhere.</summary>
    private string? Elsewhere(Target target, string value, IReadOnlyList<string> values)
    {
        var same = _targets.Index().Where(one => ReferenceEquals(one.Item.Scalar, target.Scalar)).ToList();
        if (same.Exists(one => (one.Item.Member is null) != (target.Member is null)))
        {
            return "is set whole and in part; do one of them";
        }

        if (same.Where(one => one.Item.Member?.Start == target.Member?.Start && values[one.Index] != value).Select(one => one.Item.Place).FirstOrDefault() is { } other)
        {
            return target.Member is null
                ? $"and {other.Path} are one value through an anchor, and cannot differ; write them out"
                : $"and {other} are one value, and cannot differ";
        }

        return target.At.Document!.Aliases.Where(alias => ReferenceEquals(alias.Target, target.Scalar)).Prepend<YamlNode>(target.Scalar)
            .FirstOrDefault(use => !same.Exists(one => ReferenceEquals(one.Item.At.Place, use))) is { } use
                ? $"is used elsewhere too, through the anchor &{target.Scalar.Anchor} (line {use.Start.Line}); write the value out in one of the places"
                : null;
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text that takes the place of characters of the file.</summary>
    private readonly record struct Splice(int Start, int End, string Text);

    /// <summary>A place, found. <c>Start</c> and <c>End</c> are where a member of a literal block scalar stands in the file.</summary>
    private sealed record Target(ScalarPlace Place, ScalarLookup At, JsonMember? Member, int Start, int End, SourcePosition Position)
    {
        public YamlScalar Scalar => At.Scalar!;

        public string Value => Member?.Value ?? Scalar.Value;

        public static Target Of(ScalarPlace place, ScalarLookup at, JsonMember? member, string text)
        {
            if (member is null || at.Scalar!.Style != ScalarStyle.Literal)
            {
                return new Target(place, at, member, 0, 0, at.Position);
            }

            var start = LiteralText.SourceOffset(text, at.Scalar, member.Start);
            return new Target(place, at, member, start, LiteralText.SourceOffset(text, at.Scalar, member.End), YamlText.PositionOf(text, start));
        }
    }
}
