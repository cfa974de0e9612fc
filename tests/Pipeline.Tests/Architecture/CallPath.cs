using Mono.Cecil;

namespace FaceEdge.Pipeline.Tests.Architecture;

/// <summary>
/// The source files that a type's methods lead through: what they call within their own program, what that calls, and so on, read from the compiled code.
/// A library is entered no further than the type that is called.
/// </summary>
internal sealed class CallPath
{
    private const string DeterministicRoot = "/_/";

    private readonly ModuleDefinition _program;
    private readonly string _root;
    private readonly HashSet<MethodDefinition> _seen = [];
    private readonly Queue<MethodDefinition> _left = new();

    private CallPath(ModuleDefinition program, string root) => (_program, _root) = (program, root);

    /// <summary>Paths of the repository, in order.</summary>
    /// <param name="type">Where the path begins.</param>
    /// <param name="root">The repository's top folder.</param>
    public static IReadOnlyCollection<string> FilesFrom(Type type, string root)
    {
        using var program = ModuleDefinition.ReadModule(type.Assembly.Location, new ReaderParameters { ReadSymbols = true });
        return new CallPath(program, root).Follow(program.GetType(type.FullName));
    }

    private SortedSet<string> Follow(TypeDefinition start)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        Add(start.Methods);
        while (_left.TryDequeue(out var method))
        {
            if (FileOf(method) is not { } file || PathOf(file) is not { } path || path.Contains("/obj/", StringComparison.Ordinal))
            {
                continue;
            }

            files.Add(path);
            foreach (var called in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>())
            {
                Call(called);
            }

            // What a lambda, an iterator or an async method became lies in types within the method's own.
            Add(method.DeclaringType.NestedTypes.SelectMany(nested => nested.Methods).Where(one => one.DeclaringType.Name.Contains($"<{method.Name}>", StringComparison.Ordinal) || one.Name.Contains($"<{method.Name}>", StringComparison.Ordinal)));
        }

        return files;
    }

    /// <summary>Below the repository's top; null for a file from elsewhere. A build of CI writes /_/ for the top.</summary>
    private string? PathOf(string file) =>
        file.StartsWith(DeterministicRoot, StringComparison.Ordinal) ? file[DeterministicRoot.Length..]
        : file.StartsWith(_root, StringComparison.Ordinal) ? Path.GetRelativePath(_root, file).Replace('\\', '/')
        : null;

    private void Call(MethodReference called)
    {
        if (called.DeclaringType.Resolve() is not { } type || type.Module != _program)
        {
            return;
        }

        var method = called.Resolve();
        Add([method]);
        if (method.IsVirtual && (type.IsInterface || type.IsAbstract))
        {
            Add(_program.GetTypes().Where(one => one.Interfaces.Any(face => face.InterfaceType.FullName == type.FullName) || one.BaseType?.FullName == type.FullName)
                .SelectMany(one => one.Methods).Where(one => one.Name == method.Name || one.Name.EndsWith("." + method.Name, StringComparison.Ordinal)));
        }
    }

    private void Add(IEnumerable<MethodDefinition> methods)
    {
        foreach (var method in methods.Where(method => method.HasBody && _seen.Add(method)))
        {
            _left.Enqueue(method);
        }
    }

    private static string? FileOf(MethodDefinition method) => method.DebugInformation.SequencePoints.FirstOrDefault()?.Document.Url
        ?? method.DeclaringType.Methods.Concat(method.DeclaringType.NestedTypes.SelectMany(nested => nested.Methods))
            .Select(one => one.DebugInformation.SequencePoints.FirstOrDefault()?.Document.Url).FirstOrDefault(url => url is not null);
}
