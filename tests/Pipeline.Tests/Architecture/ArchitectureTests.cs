using System.Reflection;
using System.Runtime.CompilerServices;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Commands;
using FaceEdge.Deploy.Forges;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Rehearsal;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.Tests.Architecture;

namespace FaceEdge.Pipeline.Tests.Architecture;

/// <summary>
/// Which part of deploy-tool may know which: the files beside this one are the whole of it. A new line there is a decision, to be made in review.
/// </summary>
public sealed class ArchitectureTests
{
    /// <summary>What a new engineer reads of the tool in an hour, to know what a promotion does, and the pull request that it may wait in.</summary>
    private const int MaxFilesOfAPromotion = 41;

    private static readonly Assembly Tool = typeof(Deploy.Program).Assembly;
    private static readonly Assembly Rehearsal = typeof(RehearsalSession).Assembly;

    private static readonly Assembly[] Libraries =
    [
        typeof(CommandFrame).Assembly, typeof(IForge).Assembly, typeof(GitRepository).Assembly, typeof(GateRules).Assembly, typeof(ImageReference).Assembly,
        typeof(PrometheusClient).Assembly, typeof(SiteTree).Assembly, typeof(ScalarEdit).Assembly,
    ];

    [Fact]
    public void Assemblies_refer_to_each_other_as_written_down() =>
        AssertWritten("assemblies.txt", ReferenceGraph.OfAssemblies([Tool, Rehearsal, typeof(AtomicFile).Assembly, .. Libraries]));

    [Fact]
    public void Folders_of_the_tool_refer_to_each_other_as_written_down() =>
        AssertWritten("folders.txt", ReferenceGraph.OfFolders("FaceEdge.Deploy", [Tool, .. Libraries]));

    [Fact]
    public void Folders_of_the_rehearsal_refer_to_each_other_as_written_down() =>
        AssertWritten("rehearsal.txt", ReferenceGraph.OfFolders("FaceEdge.Deploy.Rehearsal", Rehearsal));

    [Fact]
    public void Folders_of_the_latency_gate_refer_to_each_other_as_written_down() =>
        AssertWritten("latency-gate.txt", ReferenceGraph.OfFolders("FaceEdge.Deploy.LatencyGate", typeof(GateRules).Assembly));

    [Fact]
    public void Folders_of_the_sites_refer_to_each_other_as_written_down() =>
        AssertWritten("sites.txt", ReferenceGraph.OfFolders("FaceEdge.Deploy.Sites", typeof(SiteTree).Assembly));

    [Fact]
    public void Folders_of_the_registry_client_refer_to_each_other_as_written_down() =>
        AssertWritten("oci.txt", ReferenceGraph.OfFolders("FaceEdge.Deploy.Oci", typeof(ImageReference).Assembly));

    [Fact]
    public void A_promotion_leads_through_the_files_that_are_written_down()
    {
        var path = CallPath.FilesFrom(typeof(PromoteCommand), Repository.Root);

        AssertWritten("promotion.txt", string.Concat(path.Select(file => file + "\n")));
        Assert.InRange(path.Count, 1, MaxFilesOfAPromotion);
    }

    [Fact]
    public void Other_programs_are_started_where_it_is_written_down() =>
        AssertWritten("processes.txt", ProcessStarts.In([Tool, Rehearsal, typeof(AtomicFile).Assembly, .. Libraries]));

    [Fact]
    public void What_a_command_comes_to_is_called_a_result() => Assert.All(
        new[] { Tool, Rehearsal }.SelectMany(program => program.GetTypes()).Where(type => typeof(ICommandResult).IsAssignableFrom(type)),
        type => Assert.EndsWith("Result", type.Name, StringComparison.Ordinal));

    [Fact]
    public void Libraries_know_no_exit_code() => Assert.DoesNotContain(
        Libraries.Where(library => library != typeof(CommandFrame).Assembly).SelectMany(library => library.GetReferencedAssemblies()),
        reference => reference.Name is "System.CommandLine" or "Spectre.Console" || reference.Name == typeof(CommandFrame).Assembly.GetName().Name);

    private static void AssertWritten(string file, ReferenceGraph graph)
    {
        AssertWritten(file, graph.ToString());
        graph.AssertAcyclic();
    }

    private static void AssertWritten(string file, string now) =>
        Assert.True(File.ReadAllText(Path.Combine(Folder(), file)) == now, $"{file} no longer says what the code does, which is:\n{now}");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
