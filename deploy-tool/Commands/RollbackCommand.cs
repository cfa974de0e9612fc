using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>rollback</c>: gives an environment back an image that it had.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Environment to roll back.", isRequired: true);
        var to = new Option<string>("--to") { Description = "An image that it had; the last good one if not given.", HelpName = "REF" };
        var reason = new Option<string>("--reason") { Description = "Why, for the commit's message.", HelpName = "TEXT" };
        var command = new Command("rollback", "Give an environment its last good image back; the bad one does not come again by itself.")
        {
            environment,
            to,
            reason,
        };
        ChangeOptionsReader.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var target = run.Options.GetValue(to) is { } text ? ImageArgument.Parse(text) : null;
            var options = ChangeOptionsReader.Read(run);
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            using var registry = await ChangeOptionsReader.RegistryAsync(run, cancellation);
            var rollback = new Rollback(repository, registry, run.Time, run.Progress);
            return ChangeResult.Of(await rollback.RunAsync(
                new RollbackRequest(run.Options.GetRequiredValue(environment), target, run.Options.GetValue(reason)), options, cancellation));
        });
    }
}
