using System.Reflection;
using System.Runtime.CompilerServices;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using FaceEdge.Demo;
using FaceEdge.Evaluation;
using FaceEdge.Imaging;
using FaceEdge.Web;

namespace FaceEdge.Tests.Architecture;

/// <summary>
/// Which part may know which: the files beside this one are the whole of it. A new line there is a decision, to be made in review.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(ServiceHost).Assembly, typeof(AtomicFile).Assembly, typeof(Frame).Assembly, typeof(DemoScene).Assembly, typeof(Evaluator).Assembly,
        typeof(OptionValues).Assembly,
    ];

    [Fact]
    public void Assemblies_refer_to_each_other_as_written_down() => AssertWritten("assemblies.txt", ReferenceGraph.OfAssemblies(Assemblies));

    [Fact]
    public void Folders_refer_to_each_other_as_written_down() => AssertWritten("folders.txt", ReferenceGraph.OfFolders("FaceEdge", Assemblies));

    [Fact]
    public void Other_programs_are_started_where_it_is_written_down() => AssertWritten("processes.txt", ProcessStarts.In(Assemblies));

    [Fact]
    public void Core_knows_nothing_of_HTTP_or_cameras() => Assert.DoesNotContain(
        typeof(Frame).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || reference.Name is "System.Net.Http" or "System.Net.Sockets");

    private static void AssertWritten(string file, ReferenceGraph graph)
    {
        AssertWritten(file, graph.ToString());
        graph.AssertAcyclic();
    }

    private static void AssertWritten(string file, string now) =>
        Assert.True(File.ReadAllText(Path.Combine(Folder(), file)) == now, $"{file} no longer says what the code does, which is:\n{now}");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
