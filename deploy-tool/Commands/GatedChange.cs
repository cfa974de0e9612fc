using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary>What <c>promote</c> and <c>rollout</c> have in common: an image that goes into an environment through its gates.</summary>
internal sealed class GatedChange : IDisposable
{
    private readonly RegistryClient? _registry;

    private GatedChange(CommandRun run, GitRepository repository, RegistryClient? registry, PromoteRequest request)
    {
        _registry = registry;
        Request = request;
        Options = ChangeOptionsReader.Read(run);
        Images = new ImageCheck(registry is null ? null : new ImageVerifier(registry, run.Progress));
        Signatures = new SignatureCheck(registry is null ? null : new SignatureVerifier(registry));
        Runner = new ChangeRunner(repository, run.Time, run.Progress);
    }

    public PromoteRequest Request { get; }

    public ChangeOptions Options { get; }

    public ImageCheck Images { get; }

    public SignatureCheck Signatures { get; }

    public ChangeRunner Runner { get; }

    public static void AddOptionsTo(Command command)
    {
        GateOptions.AddTo(command);
        ChangeOptionsReader.AddTo(command);
    }

    /// <summary>Reads what is asked for, and opens the repository and the registry. The caller disposes it.</summary>
    /// <param name="run">The command line.</param>
    /// <param name="to">Environment that the image goes into.</param>
    /// <param name="from">Environment that it comes from; null when it was not named.</param>
    /// <param name="image">The image; null when it was not named.</param>
    /// <param name="cancellation">Stops the opening.</param>
    public static async Task<GatedChange> OpenAsync(CommandRun run, string to, string? from, string? image, CancellationToken cancellation)
    {
        var request = new PromoteRequest(
            to,
            from,
            image is null ? null : ImageArgument.Parse(image),
            GateOptions.Read(run),
            run.Options.GetValue<bool>(GateOptions.SkipGates),
            run.Options.GetValue<bool>(GateOptions.AllowRolledBack));
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        return new GatedChange(run, repository, await ChangeOptionsReader.RegistryAsync(run, cancellation), request);
    }

    public void Dispose() => _registry?.Dispose();
}
