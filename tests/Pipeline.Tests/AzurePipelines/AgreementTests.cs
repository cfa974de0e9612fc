using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Schema;
using FaceEdge.Deploy.Rehearsal.Syntax;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Pipeline.Tests.AzurePipelines;

/// <summary>What the pipeline says twice, beside the policy, the Dockerfile or the documentation, it says alike.</summary>
public sealed partial class AgreementTests
{
    private static readonly MappingNode Root = new PipelineFiles(Repository.Root).Read(PipelineCopy.File, null);

    private static DeliveryPolicy Policy
    {
        get
        {
            var (policy, faults) = PolicyFile.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "sites", PolicyFile.FileName)));
            Assert.Empty(faults);
            return policy!;
        }
    }

    [Fact]
    public void It_builds_the_image_that_the_policy_delivers()
    {
        Assert.SkipWhen(Policy.Image.Repository.StartsWith("localhost:", StringComparison.Ordinal), "a rehearsal names its own registry to the pipeline");

        Assert.Equal(Policy.Image.Repository, Default("imageRepository"));
    }

    [Theory]
    [InlineData("soakQaMinutes", "uat")]
    [InlineData("soakUatMinutes", "production")]
    public void People_are_asked_when_the_soak_of_the_next_environment_is_over(string parameter, string next)
    {
        var soak = Policy.Environments.Single(environment => environment.Name == next).Gates.Soak ?? TimeSpan.Zero;

        Assert.True(int.Parse(Default(parameter), CultureInfo.InvariantCulture) >= soak.TotalMinutes, $"{parameter} is shorter than {next}'s soak of {soak}");
    }

    [Fact]
    public void Everything_that_the_image_is_made_of_starts_a_run_and_a_promotion_starts_none()
    {
        var copied = Copied().Matches(Repository.Read("Dockerfile"))
            .SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))
            .Where(path => path != ".editorconfig");

        Assert.All(copied.Append("Dockerfile"), path => Assert.True(Starts(path.EndsWith('/') ? path + "any.cs" : path), $"{path} starts no run"));
        Assert.True(Starts("face-detector/appsettings.json"));
        Assert.False(Starts("sites/qa/face-detector.yaml"));
        Assert.False(Starts("face-detector/training/train.py"));
        Assert.False(Starts("docs/pipeline.md"));
    }

    [Theory]
    [InlineData("face-detector/Core/Detection/FaceDetector.cs")]
    [InlineData("face-detector/Models/faceedge-n.onnx")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    [InlineData("Dockerfile")]
    public void What_the_latency_gate_measures_starts_a_run(string path) => Assert.True(GatedPaths.Affects(path) && Starts(path));

    [Fact]
    public void The_guide_names_every_stage_environment_and_parameter_that_somebody_must_know()
    {
        var guide = Repository.Read("docs/pipeline.md") + Repository.Read("docs/pipeline-setup.md");
        var expanded = new TemplateExpander(new PipelineFiles(Repository.Root)).Expand(PipelineCopy.File, new Dictionary<string, string>(), new Dictionary<string, string>());
        var environments = expanded.Stages().SelectMany(stage => stage.Jobs()).Select(job => job.Text("environment")).Where(name => name.Length > 0).Append("faceedge-rollback");
        string[] names =
        [
            .. expanded.Stages().Select(stage => stage.Text("stage")), .. environments, "faceedge-registry", "registryUsername", "registryPassword",
            "agentName", "imageRepository", "evaluationSet", "latencyBase", "approvers", "rollbackTo", "freezeOverride", "changes", "pullRequestToken",
        ];

        Assert.All(names, name => Assert.Contains(name, guide, StringComparison.Ordinal));
    }

    [Fact]
    public void An_approval_is_asked_of_nobody_who_caused_the_run_and_silence_is_a_no()
    {
        var expanded = new TemplateExpander(new PipelineFiles(Repository.Root)).Expand(PipelineCopy.File, new Dictionary<string, string>(), new Dictionary<string, string>());
        var approvals = expanded.Stages().SelectMany(stage => stage.Jobs()).SelectMany(job => job.Steps()).Where(step => step.Text("task") == "ManualValidation@1").ToList();

        Assert.Equal(2, approvals.Count);
        Assert.All(approvals, step =>
        {
            var inputs = (MappingNode)step["inputs"]!;
            Assert.Equal(("false", "reject"), (inputs.Text("allowApproversToApproveTheirOwnRuns"), inputs.Text("onTimeout")));
        });
    }

    private static string Default(string parameter) =>
        PipelineNodes.Items(Root["parameters"]).Single(one => one.Text("name") == parameter).Text("default");

    /// <summary>As Azure Pipelines filters: a path counts when an include covers it and no exclude does.</summary>
    private static bool Starts(string path)
    {
        var paths = (MappingNode)((MappingNode)Root["trigger"]!)["paths"]!;
        return paths.Texts("include").Any(Covers) && !paths.Texts("exclude").Any(Covers);

        // A bare name covers the file or folder under every reading; what a star covers depends on the reading, so that none is used.
        bool Covers(string pattern) => !pattern.Contains('*') && (path == pattern || path.StartsWith(pattern + "/", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^COPY (?!--from)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copied();
}
