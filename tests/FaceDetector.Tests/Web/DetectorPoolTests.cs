using FaceEdge.Configuration;
using FaceEdge.Models;
using FaceEdge.Tests.Detection.Onnx;
using FaceEdge.Web;
using Microsoft.Extensions.Configuration;

namespace FaceEdge.Tests.Web;

public sealed class DetectorPoolTests : IDisposable
{
    private const long Share = 1_000_000;

    private readonly DetectorPool _pool;

    public DetectorPoolTests()
    {
        var options = ServiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Detector:InputSide", "64"), new("Upload:Concurrency", "4"), new("Upload:MaxPixels", "4000000")]).Build());
        _pool = new DetectorPool(new LoadedModel(ModelLookup.Found(SquareModel.Fixed(64, 64)), options.Detector), options);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(new[] { Share, Share, Share, 1 }, true)]
    [InlineData(new[] { Share, Share, Share, Share, 1 }, false)]
    [InlineData(new[] { Share + 1, Share, Share }, true)]
    [InlineData(new[] { 2 * Share, (2 * Share) + 1 }, false)]
    [InlineData(new[] { 4 * Share, 1 }, false)]
    [InlineData(new[] { Share, 4 * Share }, false)]
    public void Pictures_that_are_worked_on_have_no_more_pixels_together_than_one_may_have(long[] pixels, bool fit)
    {
        var leases = pixels.Select(_pool.TryRent).ToArray();

        Assert.Equal(fit, Array.TrueForAll(leases, lease => lease is not null));
        Array.ForEach(leases, lease => lease?.Dispose());
        using var largest = _pool.TryRent(4 * Share);
        Assert.NotNull(largest);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_large_picture_waits_until_the_small_ones_are_done_and_lets_none_overtake_it()
    {
        var small = await _pool.RentAsync(1, Cancellation);
        var large = _pool.RentAsync(4 * Share, Cancellation).AsTask();
        var late = _pool.RentAsync(1, Cancellation).AsTask();

        Assert.False(large.IsCompleted || late.IsCompleted);
        small.Dispose();
        (await large).Dispose();
        (await late).Dispose();
    }

    [Fact]
    public void A_lease_given_back_twice_frees_its_place_once()
    {
        var first = _pool.TryRent(4 * Share)!;
        first.Dispose();
        using var second = _pool.TryRent(4 * Share);

        first.Dispose();

        Assert.Null(_pool.TryRent(1));
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_stops_waiting_leaves_what_he_had_gathered()
    {
        using var stop = new CancellationTokenSource();
        var small = await _pool.RentAsync(1, Cancellation);
        var large = _pool.RentAsync(4 * Share, stop.Token).AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        small.Dispose();

        using var largest = _pool.TryRent(4 * Share);
        Assert.NotNull(largest);
    }
}
