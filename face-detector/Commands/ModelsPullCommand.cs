using System.CommandLine;
using FaceEdge.ModelPull;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary><c>face-detector models pull</c>: brings models into the cache.</summary>
internal static class ModelsPullCommand
{
    /// <summary>From a release page to its storage; what arrives is checked against the catalogue wherever it came from.</summary>
    private const int MostRedirects = 5;

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Models to pull. Default: the catalogue's default.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("pull", $"Brings models into the cache, from {ModelMirror.Variable} (a folder or an address) or from where they are published.")
        {
            names,
        };
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var catalogue = ModelCatalogue.Load();
            var store = ModelStore.FromEnvironment();
            using var handler = new SocketsHttpHandler { MaxAutomaticRedirections = MostRedirects, Credentials = store.Mirror?.Credentials };
            using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            var puller = new ModelPuller(store, http, TimeProvider.System);
            foreach (var entry in ModelsCommand.Select(catalogue, parsed.GetValue(names) is { Length: > 0 } given ? given : [catalogue.Default.Name]))
            {
                var outcome = await TerminalProgress.RunAsync(
                    $"Pulling {entry.Name}", entry.Description.Size, progress => puller.PullAsync(entry, progress, cancellationToken));
                await parsed.InvocationConfiguration.Output.WriteLineAsync(Describe(outcome, entry, store));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(PullOutcome outcome, CatalogueEntry entry, ModelStore store) => outcome switch
    {
        PullOutcome.Embedded => $"{entry.Name}: embedded in the program, nothing to pull.",
        PullOutcome.AlreadyThere => $"{entry.Name}: already in {store.CachePath(entry)}, SHA-256 checked.",
        _ => $"{entry.Name}: {entry.Description.Size} bytes to {store.CachePath(entry)}, SHA-256 checked ({entry.Description.Licence}).",
    };
}
