using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Status;

/// <summary>
/// Asks registries whether tags still name the digests that were promoted: once an image, all side by side, and not longer than <see cref="Limit"/>
/// in all. What Git says is what was asked for, and must not wait for a registry that is away.
/// </summary>
internal sealed class TagDriftCheck : IDisposable
{
    /// <summary>Of the two seconds that status may take, what reading a fresh clone leaves.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly RegistryClient _registry;
    private readonly IProgress<string> _progress;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _linked;
    private readonly Dictionary<ImageReference, Task<TagDrift>> _answers = [];

    /// <param name="registry">Belongs to the caller.</param>
    /// <param name="time">By which the limit is measured, from now on.</param>
    /// <param name="progress">Gets what is asked, and what gave no answer.</param>
    /// <param name="cancellation">The caller's own.</param>
    public TagDriftCheck(RegistryClient registry, TimeProvider time, IProgress<string> progress, CancellationToken cancellation)
    {
        _registry = registry;
        _progress = progress;
        _caller = cancellation;
        _deadline = new CancellationTokenSource(Limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, cancellation);
    }

    /// <summary>The answer about one pinned image; asking again costs nothing.</summary>
    /// <exception cref="RegistryException">What is needed to ask, such as a login, cannot be used.</exception>
    public Task<TagDrift> AskAsync(ImageReference image) => _answers.TryGetValue(image, out var answer) ? answer : _answers[image] = AskOnceAsync(image);

    public void Dispose()
    {
        _linked.Dispose();
        _deadline.Dispose();
    }

    private async Task<TagDrift> AskOnceAsync(ImageReference image)
    {
        _progress.Report($"asking {image.Registry} for {image.Repository}:{image.Tag}");
        try
        {
            return await _registry.GetManifestAsync(image, image.Tag!, _linked.Token) switch
            {
                null => TagDrift.TagGone,
                { } manifest => Digest.Sha256(manifest.Content.Span).ToString() == image.Digest ? TagDrift.None : TagDrift.Moved,
            };
        }
        catch (RegistryException exception) when (exception.IsUnavailable)
        {
            _progress.Report(exception.Message);
            return TagDrift.RegistryAway;
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            _progress.Report($"registry {image.Registry} gives no answer within {Limit.TotalSeconds} s; verify-image waits longer");
            return TagDrift.RegistryAway;
        }
    }
}
