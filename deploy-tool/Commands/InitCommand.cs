using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>init</c>: the sites folder of a repository that has none.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var image = new Option<string>("--image") { Description = "What the sites run first: name:tag@sha256:…, as verify-image prints it.", HelpName = "REF", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Name the files; write nothing." };
        return new Command("init", "Begin a repository's sites folder: template, policy, waves, and a site for each of three environments.") { image, dryRun }
            .Runs(async (run, cancellation) =>
            {
                var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
                var folder = Path.Combine(repository.Root, SitesFolder.Name);
                if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).FirstOrDefault() is { } first)
                {
                    throw DeployException.BadInput($"{SitesFolder.Name}/ holds {Path.GetFileName(first)} already", "add to it with site add and environment add, or make a template of it with render --adopt");
                }

                var files = InitialSites.Plan(ImageArgument.Parse(run.Options.GetRequiredValue(image))).Edits!.Files;
                if (!run.Options.GetValue(dryRun))
                {
                    Write(repository.Root, folder, files);
                }

                return new InitResult(run.Options.GetValue(dryRun), [.. files.Select(file => file.Path)]);
            });
    }

    /// <summary>All of it or nothing: the folder gets its name when it is whole.</summary>
    private static void Write(string root, string folder, IReadOnlyList<FileChange> files)
    {
        var scratch = Path.Combine(root, $".{SitesFolder.Name}-{Guid.NewGuid():N}");
        try
        {
            foreach (var file in files)
            {
                var path = Path.Combine(scratch, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, file.Content!);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }

            Directory.Move(Path.Combine(scratch, SitesFolder.Name), folder);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}

/// <summary>The result of <c>init</c>.</summary>
/// <param name="DryRun">Whether nothing was written, as asked.</param>
/// <param name="Files">From the top of the repository.</param>
internal sealed record InitResult(bool DryRun, IReadOnlyList<string> Files) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.InitResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        var output = console.Profile.Out.Writer;
        foreach (var file in Files)
        {
            output.WriteLine(file);
        }

        output.WriteLine(DryRun ? $"dry run: {Quantity.Of(Files.Count, "file")} would be written" : $"{Quantity.Of(Files.Count, "file")} written; validate finds nothing wrong with them");
        if (!DryRun)
        {
            output.WriteLine($"commit and push {SitesFolder.Name}/, then give each site its addresses: deploy-tool configure --env qa --set pool=192.0.2.10-192.0.2.19");
            output.WriteLine("the gates of each environment are in sites/environments.yaml; more sites come with deploy-tool site add");
        }
    }
}
