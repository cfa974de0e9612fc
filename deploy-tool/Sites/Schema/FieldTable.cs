using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>One field that a type knows.</summary>
/// <param name="Type">Type of its value.</param>
/// <param name="Required">True when an object without it is refused.</param>
/// <param name="Allowed">The texts it may be; empty for any.</param>
/// <param name="Pattern">What its text must match; null for anything.</param>
internal sealed record Field(Type Type, bool Required, IReadOnlyList<string> Allowed, RegularExpressionAttribute? Pattern);

/// <summary>The fields of a type by the names they have in YAML.</summary>
internal static class FieldTable
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Field>> Tables = new();

    public static IReadOnlyDictionary<string, Field> Of(Type type) => Tables.GetOrAdd(type, Read);

    private static Dictionary<string, Field> Read(Type type)
    {
        var required = KubernetesConstraints.Required(type);
        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>() is not { Name: var name })
            {
                continue;
            }

            var allowed = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.OfType<string>().ToList() ?? KubernetesConstraints.Allowed(type, name);
            var isRequired = required.Contains(name) || property.IsDefined(typeof(RequiredAttribute)) || IsNumber(property.PropertyType);
            fields[name] = new Field(property.PropertyType, isRequired, allowed, property.GetCustomAttribute<RegularExpressionAttribute>());
        }

        return fields;
    }

    /// <summary>A number that cannot be absent is what the API reference calls required, such as a Service's port.</summary>
    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long);
}
