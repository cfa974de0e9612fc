using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>history</c>: the promotions and rollbacks, newest first, from the commits' trailers.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    public static Command Create()
    {
        var environment = new Option<string>("--env") { Description = "One environment alone.", HelpName = "ENV" };
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--limit must be at least 1");
            }
        });
        var command = new Command("history", "List promotions and rollbacks, newest first.") { environment, limit };
        ReadOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var commit = await ReadOptions.CommitAsync(run, repository, cancellation);
            var history = await PromotionHistory.ReadAsync(repository.Git, commit, cancellation);
            var records = run.Options.GetValue(environment) is { } name ? history.Of(name) : history.Records;
            return HistoryAnswer.Of(records.Take(run.Options.GetValue(limit)));
        });
    }
}
