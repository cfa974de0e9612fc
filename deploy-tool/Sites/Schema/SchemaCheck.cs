using System.Text.RegularExpressions;
using FaceEdge.Deploy.YamlEdit;
using k8s.Models;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>
/// Compares a YAML object with the type that describes it, as a server-side apply does: unknown fields, values of the wrong
/// type and missing fields are faults, each with its place.
/// </summary>
internal sealed partial class SchemaCheck
{
    /// <summary>Aliases can make a small file large; no manifest comes near this many values.</summary>
    private const int MaximumValues = 100_000;

    private readonly List<SchemaFault> _faults = [];
    private int _values;

    private SchemaCheck()
    {
    }

    public static IReadOnlyList<SchemaFault> Run(YamlNode root, Type type)
    {
        var check = new SchemaCheck();
        check.Value(root, type, "");
        return check._faults;
    }

    /// <summary>Checks what every object has, of whatever kind it is.</summary>
    public static IReadOnlyList<SchemaFault> RunMetadata(YamlNode root)
    {
        var check = new SchemaCheck();
        if (root.At("metadata") is { } metadata)
        {
            check.Value(metadata, typeof(V1ObjectMeta), "metadata");
        }

        return check._faults;
    }

    private void Value(YamlNode written, Type type, string path)
    {
        if (++_values > MaximumValues)
        {
            if (_values == MaximumValues + 1)
            {
                Fault(written, $"{path} expands to more than {MaximumValues} values through aliases");
            }

            return;
        }

        var node = written.Resolved;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object) || node is YamlScalar scalar && PlainScalar.KindOf(scalar) == ScalarKind.Null && type != typeof(string))
        {
            return;
        }

        if (ItemType(type, typeof(IDictionary<,>), 1) is { } valueType)
        {
            Map(node, valueType, path);
        }
        else if ((ItemType(type, typeof(IList<>), 0) ?? ItemType(type, typeof(IReadOnlyList<>), 0)) is { } itemType)
        {
            List(node, itemType, path);
        }
        else if (IsScalar(type))
        {
            Scalar(node, type, path);
        }
        else
        {
            Object(node, type, path);
        }
    }

    private void Object(YamlNode node, Type type, string path)
    {
        if (node is not YamlMapping mapping)
        {
            Fault(node, $"{Name(path)} must be a mapping");
            return;
        }

        var fields = FieldTable.Of(type);
        foreach (var entry in mapping.Merged)
        {
            var below = Below(path, entry.Name ?? "");
            if (entry.Name is null || !fields.TryGetValue(entry.Name, out var field))
            {
                Unknown(entry.Key, below, entry.Name, type, fields.Keys);
                continue;
            }

            Value(entry.Value, field.Type, below);
            Constraint(entry.Value.Resolved, field, below);
        }

        foreach (var (name, _) in fields.Where(one => one.Value.Required && IsMissing(mapping, one.Key)))
        {
            Fault(node, $"{Below(path, name)} is missing");
        }
    }

    /// <summary>
    /// What Kubernetes's own types do not know is wrong; the kinds of others grow, so that only what is nearly the name of a field is.
    /// </summary>
    private void Unknown(YamlNode key, string path, string? name, Type type, IEnumerable<string> known)
    {
        if (path is "sops" or "status")
        {
            return;
        }

        var near = known.FirstOrDefault(one => IsNear(one, name ?? ""));
        var hint = near is null ? "" : $"; did you mean {near}?";
        var judged = near is not null || name is null || type.Assembly == typeof(V1ObjectMeta).Assembly;
        _faults.Add(new SchemaFault(key.Start, $"{path} is not a field that the schema knows{hint}", judged));
    }

    private void Constraint(YamlNode node, Field field, string path)
    {
        if (node is not YamlScalar scalar)
        {
            return;
        }

        if (field.Allowed.Count > 0 && !field.Allowed.Contains(scalar.Value))
        {
            Fault(node, $"{path}: '{scalar.Value}' must be one of {string.Join(", ", field.Allowed)}");
        }
        else if (field.Pattern is { } pattern && !pattern.IsValid(scalar.Value))
        {
            Fault(node, $"{path}: '{scalar.Value}' must be a duration of hours, minutes and seconds, such as 1h30m");
        }
    }

    private void Map(YamlNode node, Type valueType, string path)
    {
        if (node is not YamlMapping mapping)
        {
            Fault(node, $"{Name(path)} must be a mapping");
            return;
        }

        foreach (var entry in mapping.Merged)
        {
            Value(entry.Value, valueType, Below(path, entry.Name ?? ""));
        }
    }

    private void List(YamlNode node, Type itemType, string path)
    {
        if (node is not YamlSequence sequence)
        {
            Fault(node, $"{Name(path)} must be a list");
            return;
        }

        for (var i = 0; i < sequence.Items.Count; i++)
        {
            Value(sequence.Items[i], itemType, $"{path}[{i}]");
        }
    }

    private void Scalar(YamlNode node, Type type, string path)
    {
        if (node is not YamlScalar scalar)
        {
            Fault(node, $"{Name(path)} must be {Wanted(type)}");
            return;
        }

        var kind = PlainScalar.KindOf(scalar);
        var fits = type switch
        {
            _ when type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[]) => kind == ScalarKind.Text,
            _ when type == typeof(bool) => kind == ScalarKind.Boolean,
            _ when type == typeof(int) || type == typeof(long) => kind == ScalarKind.Integer,
            _ when type == typeof(double) => kind is ScalarKind.Integer or ScalarKind.Real,
            _ when type == typeof(IntOrString) => kind is ScalarKind.Integer or ScalarKind.Text,
            _ => Quantity().IsMatch(scalar.Value),
        };
        if (!fits)
        {
            var hint = type == typeof(string) ? $"; quote it: '{scalar.Value}'" : "";
            Fault(node, $"{path}: {(scalar.Value.Length == 0 ? "nothing" : scalar.Value)} is {Found(kind)}, but it must be {Wanted(type)}{hint}");
        }
    }

    private static bool IsMissing(YamlMapping mapping, string key) =>
        mapping[key] is null || mapping[key] is YamlScalar scalar && PlainScalar.KindOf(scalar) == ScalarKind.Null;

    /// <summary>Whether two names differ in case, or in one letter that is missing, more, or another.</summary>
    private static bool IsNear(string known, string name)
    {
        if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var (shorter, longer) = known.Length < name.Length ? (known, name) : (name, known);
        var front = shorter.AsSpan().CommonPrefixLength(longer);
        return longer.Length > 3 && longer.Length - shorter.Length <= 1
            && shorter.AsSpan(Math.Min(shorter.Length, front + (longer.Length == shorter.Length ? 1 : 0))).SequenceEqual(longer.AsSpan(front + 1));
    }

    private static bool IsScalar(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[]) || type == typeof(IntOrString) || type == typeof(ResourceQuantity);

    private static Type? ItemType(Type type, Type generic, int argument) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[argument] : null;

    private static string Wanted(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(IntOrString) => "a number or a name",
        _ when type == typeof(ResourceQuantity) => "a quantity such as 500m or 192Mi",
        _ => "a text",
    };

    private static string Found(ScalarKind kind) => kind switch
    {
        ScalarKind.Text => "a text",
        ScalarKind.Boolean => "a boolean",
        ScalarKind.Null => "null",
        _ => "a number",
    };

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Name(string path) => path.Length == 0 ? "the object" : path;

    private void Fault(YamlNode node, string message) => _faults.Add(new SchemaFault(node.Start, message, Judged: true));

    /// <summary>Kubernetes API reference, resource.Quantity.</summary>
    [GeneratedRegex(@"^[+-]?(?:\d+|\d+\.\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?\z")]
    private static partial Regex Quantity();
}

/// <summary>Where an object is not what its schema asks for.</summary>
/// <param name="Position">Where.</param>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Judged">False where a later version of the schema may know what this one does not.</param>
internal sealed record SchemaFault(SourcePosition Position, string Message, bool Judged);
