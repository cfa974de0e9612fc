using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>verify-image REF</c>: whether an image could be promoted, as far as its registry can say.</summary>
internal static class VerifyImageCommand
{
    /// <summary>What edge hosts are.</summary>
    private static readonly string[] EdgePlatforms = ["linux/amd64", "linux/arm64"];

    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "registry/name:tag, name:tag@sha256:… or name@sha256:…" };
        var platforms = new Option<string[]>("--platform")
        {
            Description = "A platform that the index must hold once, or several with commas; may be repeated.",
            HelpName = "OS/ARCH",
            DefaultValueFactory = _ => EdgePlatforms,
            CustomParser = ReadPlatforms,
        };
        var keys = new Option<string[]>("--key")
        {
            Description = "PEM file of a public key that must have signed the index with cosign; one of several is enough.",
            HelpName = "FILE",
        };
        var command = new Command("verify-image", "Prove that an image's index holds every architecture, and print the reference to pin.")
        {
            image,
            platforms,
            keys,
        };
        platforms.CompletionSources.Add(EdgePlatforms);
        RegistryOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var reference = ImageArgument.Parse(run.Options.GetRequiredValue(image));
            var trusted = (run.Options.GetValue(keys) ?? []).SelectMany(path => TrustedKey.ReadAll(File.ReadAllText(run.Resolve(path)), path)).ToList();
            using var registry = await RegistryOptions.CreateClientAsync(run, cancellation);
            var proof = await new ImageVerifier(registry, run.Progress).VerifyAsync(reference, run.Options.GetRequiredValue(platforms), cancellation);
            return new VerifyImageResult(trusted.Count > 0 && proof.Pinned is { } pinned
                ? proof.With(await new SignatureVerifier(registry).VerifyAsync(ImageReference.Parse(pinned), trusted, cancellation))
                : proof);
        });
    }

    /// <summary>Each platform once, under one name, whatever spelling it was given in.</summary>
    private static string[] ReadPlatforms(ArgumentResult result)
    {
        var platforms = new List<string>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (Platform.TryParse(text, out var platform, out var fault))
            {
                platforms.Add(platform.ToString());
            }
            else
            {
                result.AddError($"--platform {fault}");
            }
        }

        return [.. platforms.Distinct(StringComparer.Ordinal)];
    }
}

/// <summary>The result of <c>verify-image</c>.</summary>
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
