using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Mono.Cecil;
using NetArchTest.Rules;

namespace FaceEdge.Tests.Architecture;

/// <summary>Who refers to whom, read from compiled code: assemblies, and within them the folders, each with what lies below it.</summary>
internal sealed class ReferenceGraph
{
    /// <summary>The files that lie in no folder.</summary>
    private const string Beside = ".";

    private readonly SortedDictionary<string, SortedSet<string>> _references;

    private ReferenceGraph(SortedDictionary<string, SortedSet<string>> references) => _references = references;

    /// <summary>The references among these assemblies; others are left out.</summary>
    public static ReferenceGraph OfAssemblies(params Assembly[] assemblies)
    {
        var names = assemblies.Select(assembly => assembly.GetName().Name!).ToHashSet(StringComparer.Ordinal);
        return new ReferenceGraph(Sorted(assemblies.Select(assembly => (
            assembly.GetName().Name!, assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(names.Contains)))));
    }

    /// <summary>The references among the folders right below a namespace, over all of these assemblies, and of the files beside those folders.</summary>
    /// <remarks>A context of generated serialisers, which is one for an assembly, knows documents of many folders by its nature: it is left out.</remarks>
    /// <param name="root">The namespace of the folders' parent, such as <c>FaceEdge</c>.</param>
    /// <param name="assemblies">A namespace names the folder its files lie in.</param>
    public static ReferenceGraph OfFolders(string root, params Assembly[] assemblies)
    {
        var folders = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsNested: false, Namespace: { } name } && !type.IsSubclassOf(typeof(JsonSerializerContext)) && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal)))
            .ToLookup(type => type.Namespace == root ? Beside : type.Namespace![(root.Length + 1)..].Split('.')[0], type => type.FullName!, StringComparer.Ordinal);
        var types = Types.InAssemblies(assemblies);
        return new ReferenceGraph(Sorted(folders.Select(folder => (
            folder.Key,
            folders.Where(other => other.Key != folder.Key && RefersTo(types, NamespaceOf(folder.Key), [.. other])).Select(other => other.Key)))));

        string NamespaceOf(string folder) => Regex.Escape(root) + (folder == Beside ? "$" : $@"\.{folder}(\.|$)");
    }

    /// <summary>Throws where following references leads back to where it began.</summary>
    public void AssertAcyclic()
    {
        var left = _references.ToDictionary(pair => pair.Key, pair => new HashSet<string>(pair.Value), StringComparer.Ordinal);
        while (left.FirstOrDefault(pair => pair.Value.Count == 0).Key is { } leaf)
        {
            left.Remove(leaf);
            foreach (var references in left.Values)
            {
                references.Remove(leaf);
            }
        }

        Assert.True(left.Count == 0, $"These refer to each other in a circle: {string.Join(", ", left.Keys)}.");
    }

    /// <summary>One line each: a name, and what it refers to.</summary>
    public override string ToString() => string.Concat(
        _references.Select(pair => pair.Value.Count == 0 ? $"{pair.Key}\n" : $"{pair.Key} -> {string.Join(", ", pair.Value)}\n"));

    private static bool RefersTo(Types types, string folder, string[] others) =>
        types.That().ResideInNamespaceMatching("^" + folder).And().MeetCustomRule(new OutsideContexts()).And().HaveDependencyOnAny(others).GetTypes().Any();

    private static SortedDictionary<string, SortedSet<string>> Sorted(IEnumerable<(string Name, IEnumerable<string> References)> nodes) => new(
        nodes.ToDictionary(node => node.Name, node => new SortedSet<string>(node.References, StringComparer.Ordinal)), StringComparer.Ordinal);

    private sealed class OutsideContexts : ICustomRule
    {
        public bool MeetsRule(TypeDefinition type) =>
            type.DeclaringType is { } outer ? MeetsRule(outer) : type.BaseType?.FullName != typeof(JsonSerializerContext).FullName;
    }
}
