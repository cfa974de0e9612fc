using System.Reflection;
using Mono.Cecil;

namespace FaceEdge.Tests.Architecture;

/// <summary>Which types start other programs, read from compiled code.</summary>
internal static class ProcessStarts
{
    /// <summary>Their full names, one a line.</summary>
    public static string In(params Assembly[] assemblies) =>
        string.Concat(assemblies.SelectMany(StartersOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => name + "\n"));

    private static List<string> StartersOf(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return [.. module.GetTypes().Where(type => type.Methods.Any(Starts)).Select(type => Outermost(type).FullName)];
    }

    private static bool Starts(MethodDefinition method) => method.HasBody && method.Body.Instructions.Any(
        instruction => instruction.Operand is MethodReference { Name: "Start", DeclaringType.FullName: "System.Diagnostics.Process" });

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
