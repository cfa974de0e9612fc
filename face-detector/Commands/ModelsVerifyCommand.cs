using System.CommandLine;
using FaceEdge.Detection;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary><c>face-detector models verify</c>: checks every copy on this machine, its SHA-256 and that it loads and runs.</summary>
internal static class ModelsVerifyCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Models to verify. Default: all of the catalogue.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("verify", "Checks the copies on this machine: SHA-256, and that each loads and runs.") { names };
        command.SetGuardedAction((parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var store = ModelStore.FromEnvironment();
            var given = parsed.GetValue(names)!;
            var exitCode = ExitCode.Done;
            foreach (var entry in ModelsCommand.Select(ModelCatalogue.Load(), given))
            {
                ModelPlace[] places = [.. store.Places(entry)];
                if (places.Length == 0)
                {
                    output.WriteLine($"{entry.Name}: not on this machine");

                    // Who names a model expects it to be here; of the whole catalogue most need not be.
                    exitCode = given.Length > 0 ? ExitCode.Failed : exitCode;
                }

                foreach (var place in places)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (Fault(entry, place) is { } fault)
                    {
                        output.WriteLine($"{entry.Name}: bad: {fault}");
                        exitCode = ExitCode.Failed;
                    }
                    else
                    {
                        output.WriteLine($"{entry.Name}: good: {place.Source}");
                    }
                }
            }

            return Task.FromResult(exitCode);
        });
        return command;
    }

    private static string? Fault(CatalogueEntry entry, ModelPlace place)
    {
        try
        {
            using var detector = FaceDetector.Load(ModelStore.Open(entry, place), new InferenceOptions());
            return null;
        }
        catch (InvalidModelException exception)
        {
            return exception.Message;
        }
    }
}
