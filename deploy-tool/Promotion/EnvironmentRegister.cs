using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Promotion;

/// <summary>A new environment: its place in the policy, and its first site.</summary>
internal static class EnvironmentRegister
{
    private static readonly YamlPath Environments = YamlPath.OfKeys("environments");

    /// <summary>Adds an environment after another, with the gates of that one and its image.</summary>
    public static SourceEdits Add(SourceState state, AddRequest request, string after, Func<Parameter, string?> ask)
    {
        var name = request.Environment;
        if (state.State.Policy.Find(name) is not null)
        {
            throw DeployException.BadInput($"there is an environment '{name}' already", "take another name");
        }

        if (!SiteTree.IsFolderName(name) || SiteTree.IsSource(name))
        {
            throw DeployException.BadInput($"'{name}' is no name of at most 63 lower-case letters, digits and dashes, or is taken", "take another: it is the name of a folder too");
        }

        var before = state.State.Environment(after);
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal)
        {
            [PolicyFile.FileName] = Policy(state, before.Name, name),
            [Inventory.PathOf(name, name)] = SiteRegister.InventoryOf(state, name, request, ask),
        };
        return new SourceEdits(name, $"environment-add/{name}", $"Add the environment {name} after {after}")
        {
            Files = files,
            Seeds = SiteRegister.SeedOf(state, before.Name) is { } seed ? new Dictionary<string, byte[]> { [$"{name}/{SiteFiles.FaceDetector}"] = seed } : new Dictionary<string, byte[]>(),
            Renders = site => site.Environment == name,
            Validates = true,
            Body = _ => $"It has the gates and the image of {after}. Its host pulls {DesiredState.SitesFolder}/{name}.",
            Trailers = [new Trailer(SiteTrailers.EnvironmentAdded, name)],
        };
    }

    /// <summary>What azure-pipelines.yml needs for the environment, after the entry of the one before it.</summary>
    public static IReadOnlyList<string> PipelineEntry(string name, string after, string? next) =>
    [
        "azure-pipelines.yml needs, after the entry of " + after + ":",
        "      - template: pipelines/environment.yml",
        "        parameters:",
        $"          environment: {name}",
        $"          displayName: {name}",
        $"          after: approve_{after}",
        $"          evidence: [latency, accuracy, {after}]",
        "          siteUrl: http://face-detector.{site}.example.com",
        "          approvers: ${{ parameters.approvers }}",
        "          freezeOverride: ${{ parameters.freezeOverride }}",
        "          changes: ${{ parameters.changes }}",
        "          agentPool: ${{ parameters.agentPool }}",
        "          agentName: ${{ parameters.agentName }}",
        next is null
            ? $"and approved: false, since no environment follows; {after} loses it."
            : $"and in the entry of {next}: after: approve_{name}, and {name} in place of {after} in its evidence.",
    ];

    private static byte[] Policy(SourceState state, string before, string name)
    {
        var bytes = state.Source.Read(PolicyFile.FileName)!;
        _ = YamlFile.TryParse(bytes, out var yaml);
        var list = (YamlSequence)NodeLookup.Find(yaml, DocumentSelector.Only, Environments)!;
        var index = list.Items.Index().First(item => item.Item.Text("name") == before).Index;
        var item = ScalarEdit.Set(System.Text.Encoding.UTF8.GetBytes(BlockEdit.ItemLinesOf(yaml, list, index)), DocumentSelector.Only, YamlPath.Parse("[0].name"), name);
        var edit = BlockEdit.Add(bytes, yaml, DocumentSelector.Only, Environments, System.Text.Encoding.UTF8.GetString(item.Bytes), index);
        if (!item.Succeeded || !edit.Succeeded)
        {
            throw DeployException.BadInput(
                $"{DesiredState.SitesFolder}/{PolicyFile.FileName}:{edit.Position}: {(item.Succeeded ? edit.Message : item.Message)}", "write the list of environments on lines of its own");
        }

        var (policy, faults) = PolicyFile.Parse(edit.Bytes);
        return policy is not null ? edit.Bytes : throw new SitesException($"{DesiredState.SitesFolder}/{PolicyFile.FileName}:{faults[0]}", $"give {before} gates that another environment can have too");
    }
}
