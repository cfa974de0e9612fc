using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>rollout</c>: the next wave of sites gets the image that the environment before runs.</summary>
internal static class RolloutCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Environment with many sites.", isRequired: true);
        var image = new Option<string>("--image") { Description = "The image, where another rollout is under way.", HelpName = "REF" };
        var command = new Command("rollout", "Give the next wave of an environment's sites its image; run it again for the wave after.") { environment, image };
        GateOptions.AddTo(command);
        ChangeOptionsReader.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var request = GateOptions.ReadRequest(run, run.Options.GetRequiredValue(environment), null, run.Options.GetValue(image));
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            using var registry = await ChangeOptionsReader.RegistryAsync(run, cancellation);
            var rollout = new Rollout(repository, registry, run.Time, run.Progress);
            return RolloutResult.Of(await rollout.RunAsync(request, ChangeOptionsReader.Read(run), cancellation));
        });
    }
}
