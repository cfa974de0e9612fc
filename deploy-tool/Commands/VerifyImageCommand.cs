using System.CommandLine;
using FaceEdge.Deploy.Registry;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>verify-image REF</c>: whether an image could be promoted, as far as its registry can say.</summary>
internal static class VerifyImageCommand
{
    /// <summary>What edge hosts are.</summary>
    private static readonly string[] EdgePlatforms = ["linux/amd64", "linux/arm64"];

    public static Command Create()
    {
        var image = new Argument<string>("image") { Description = "registry/name:tag, name:tag@sha256:… or name@sha256:…" };
        var platforms = new Option<string[]>("--platform")
        {
            Description = "A platform that the index must hold once; may be repeated.",
            HelpName = "OS/ARCH",
            DefaultValueFactory = _ => EdgePlatforms,
        };
        var command = new Command("verify-image", "Prove that an image's index holds every architecture, and print the reference to pin.")
        {
            image,
            platforms,
        };
        RegistryOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var reference = ImageArgument.Parse(run.Options.GetRequiredValue(image));
            using var registry = await RegistryOptions.CreateClientAsync(run, cancellation);
            var verifier = new ImageVerifier(registry, run.Progress);
            return new VerifyImageResult(await verifier.VerifyAsync(reference, run.Options.GetRequiredValue(platforms), cancellation));
        });
    }
}
