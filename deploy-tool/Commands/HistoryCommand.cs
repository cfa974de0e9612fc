using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>history</c>: the promotions and rollbacks, newest first, from the commits' trailers.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "One environment alone.");
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit }.Between(1, int.MaxValue);
        var command = new Command("history", "List promotions and rollbacks, newest first.") { environment, limit };
        ReadOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var commit = await ReadOptions.CommitAsync(run, repository, cancellation);
            var history = await PromotionHistory.ReadAsync(repository.Git, commit, cancellation);
            if (run.Options.GetValue(environment) is not { } name)
            {
                return HistoryResult.Of(history.Records.Take(run.Options.GetValue(limit)));
            }

            var records = history.Of(name).ToList();
            if (records.Count == 0)
            {
                // A name that the policy does not have is a slip, unless it once had it.
                _ = (await DesiredState.ReadAsync(repository, commit, cancellation)).Environment(name);
            }

            return HistoryResult.Of(records.Take(run.Options.GetValue(limit)));
        });
    }
}
