using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>verify-image</c>.</summary>
internal sealed record VerifyImageResult(ImageProof Proof) : ICommandResult
{
    public bool Proved => Proof.Proved;

    ExitCode ICommandResult.ExitCode => Proof.Proved ? ExitCode.Done : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.VerifyImageResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        console.WriteLine(Proof.Proved ? $"proved: {Proof.Pinned}" : $"not proved: {Proof.Image}");
        if (Proof.Platforms.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("platform", "digest", "bytes", "in the registry");
            foreach (var platform in Proof.Platforms)
            {
                table.AddRow(Markup.Escape(platform.Platform), platform.Digest, $"{platform.Size}", platform.Present ? "yes" : "no");
            }

            console.Write(table);
        }

        if (Proof.Revision is { } revision)
        {
            console.WriteLine($"built from {revision}");
        }

        if (Proof.SignedBy is { } key)
        {
            console.WriteLine($"signed with {key}");
        }

        foreach (var problem in Proof.Problems)
        {
            console.WriteLine($"{problem.Rule}: {problem.Message}: {problem.Remedy}");
        }
    }
}
