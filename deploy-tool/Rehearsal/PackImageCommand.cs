using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Rehearsal.Packing;
using Spectre.Console;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary><c>pack-image</c>: an image out of published folders, without an engine and without a base; build/image --engine publish uses it.</summary>
internal static class PackImageCommand
{
    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "Registry, name and tag to push." };
        var layers = new Option<string[]>("--layer") { Description = "A platform's next layer, the lowest first; give one or more for each platform.", HelpName = "OS/ARCH=DIR", Required = true };
        var labels = new Option<string[]>("--label") { Description = "A label; may be repeated.", HelpName = "NAME=VALUE" };
        var variables = new Option<string[]>("--env") { Description = "A variable; may be repeated.", HelpName = "NAME=VALUE" };
        var entrypoint = new Option<string[]>("--entrypoint") { Description = "The command; may be repeated for its arguments.", HelpName = "TEXT", Required = true };
        var directory = new Option<string>("--workdir") { Description = "Working directory in the image.", HelpName = "DIR", DefaultValueFactory = _ => "/app" };
        var user = new Option<string>("--user") { Description = "As whom it runs.", HelpName = "UID", DefaultValueFactory = _ => "1654" };
        var insecure = new Option<bool>("--insecure") { Description = "Speak plain http to the registry; loopback hosts need no asking." };
        var command = new Command("pack-image", "Pack published folders into a multi-architecture image and push it, without an engine and without a base image.")
        {
            image, layers, labels, variables, entrypoint, directory, user, insecure,
        };
        return command.Runs(async (run, cancellation) =>
        {
            var text = run.Options.GetRequiredValue(image);
            if (!ImageReference.TryParse(text, out var reference) || reference is not { Tag: not null, Digest: null })
            {
                throw DeployException.BadInput($"'{text}' is not registry/name:tag", "write for example localhost:5000/faceedge/face-detector:1.4.0");
            }

            var content = new ImageContent(
                ReadPlatforms(run, run.Options.GetRequiredValue(layers)),
                (run.Options.GetValue(labels) ?? []).Select(Pair).ToDictionary(StringComparer.Ordinal),
                run.Options.GetValue(variables) ?? [],
                run.Options.GetRequiredValue(entrypoint),
                run.Options.GetRequiredValue(directory),
                run.Options.GetRequiredValue(user));
            var pushed = await ImagePacker.PushAsync(reference, content, run.Options.GetValue(insecure), run.Progress, cancellation);
            return new PackImageResult(pushed.ToString(), pushed.Digest!, [.. content.Platforms.Select(platform => platform.Platform)]);
        });
    }

    private static List<PlatformLayers> ReadPlatforms(CommandRun run, string[] layers) =>
    [
        .. layers.Select(Pair).GroupBy(pair => pair.Key, StringComparer.Ordinal).Select(group => new PlatformLayers(
            Platform.TryParse(group.Key, out var platform, out var fault) ? platform.ToString() : throw DeployException.BadInput($"--layer {fault}", "write for example linux/arm64=DIR"),
            [.. group.Select(pair => Directory.Exists(run.Resolve(pair.Value)) ? run.Resolve(pair.Value) : throw DeployException.BadInput($"there is no folder {pair.Value}", "publish first"))])),
    ];

    private static KeyValuePair<string, string> Pair(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value] ? new(name, value) : throw DeployException.BadInput($"'{text}' is not NAME=VALUE", "write NAME=VALUE");
}

/// <summary>The result of <c>pack-image</c>.</summary>
internal sealed record PackImageResult(string Image, string Digest, IReadOnlyList<string> Platforms) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => RehearsalJson.Default.PackImageResult;

    void ICommandResult.Render(IAnsiConsole console) => console.WriteLine(Image);
}
