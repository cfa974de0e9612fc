using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>What a scalar is to the reader that Kubernetes and Flux use (go-yaml: YAML 1.2 with the booleans of YAML 1.1).</summary>
public enum ScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Real,
}

/// <summary>Tells what a scalar is.</summary>
public static partial class PlainScalar
{
    private const string StringTag = "tag:yaml.org,2002:str";

    public static ScalarKind KindOf(YamlScalar scalar) =>
        scalar.Style != ScalarStyle.Plain || scalar.Tag == StringTag ? ScalarKind.Text : KindOf(scalar.Value);

    private static ScalarKind KindOf(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        _ when Boolean().IsMatch(value) => ScalarKind.Boolean,
        _ when Integer().IsMatch(value) => ScalarKind.Integer,
        _ when Real().IsMatch(value) => ScalarKind.Real,
        _ => ScalarKind.Text,
    };

    [GeneratedRegex(@"^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\z")]
    private static partial Regex Boolean();

    [GeneratedRegex(@"^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Real();
}
