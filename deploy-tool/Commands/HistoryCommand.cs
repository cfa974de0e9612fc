using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>history</c>: the promotions, the rollbacks and the changes of sites, newest first, from the commits' trailers.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "One environment alone.");
        var site = new Option<string>("--site") { Description = "What concerns one site of it alone.", HelpName = "NAME" };
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit }.Between(1, int.MaxValue);
        var command = new Command("history", "List promotions, rollbacks and changes of sites, newest first.") { environment, site, limit };
        command.AddRule(result =>
        {
            if (result.GetValue(site) is not null && result.GetValue(environment) is null)
            {
                result.AddError("--site needs --env");
            }
        });
        ReadOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var commit = await ReadOptions.CommitAsync(run, repository, cancellation);
            var history = await PromotionHistory.ReadAsync(repository.Git, commit, cancellation);
            var changes = await SiteHistory.ReadAsync(repository.Git, commit, cancellation);
            if (run.Options.GetValue(environment) is not { } name)
            {
                return HistoryResult.Of(history.Records, changes, run.Options.GetValue(limit));
            }

            var records = history.Of(name).ToList();
            changes = [.. changes.Where(change => change.IsAbout(name, run.Options.GetValue(site)))];
            if (records.Count == 0 && changes.Count == 0)
            {
                // A name that the policy does not have is a slip, unless it once had it.
                _ = (await DesiredState.ReadAsync(repository, commit, cancellation)).Environment(name);
            }

            return HistoryResult.Of(records, changes, run.Options.GetValue(limit));
        });
    }
}
