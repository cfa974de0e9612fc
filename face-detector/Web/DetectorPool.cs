using System.Collections.Concurrent;
using FaceEdge.Detection;
using FaceEdge.Web.Settings;

namespace FaceEdge.Web;

/// <summary>Detectors for pictures from outside, apart from the cameras' own; made when first needed, so many and no more.</summary>
internal sealed class DetectorPool : IDisposable
{
    private readonly ConcurrentBag<FaceDetector> _idle = [];
    private readonly SemaphoreSlim _free;

    /// <summary>Large pictures are worked on one after the other: their memory is what bounds how many.</summary>
    private readonly SemaphoreSlim _freeForLarge = new(1);
    private readonly long _largePixels;
    private readonly LoadedModel _model;

    public DetectorPool(LoadedModel model, ServiceOptions options)
    {
        _model = model;
        _free = new SemaphoreSlim(options.Upload.Concurrency);
        _largePixels = options.Upload.LargePixels;
    }

    /// <summary>Lends a detector at once; null when all are at work.</summary>
    /// <param name="pixels">Of the picture to come.</param>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public Lease? TryRent(long pixels)
    {
        var large = pixels > _largePixels;
        if (large && !_freeForLarge.Wait(0))
        {
            return null;
        }

        if (_free.Wait(0))
        {
            return Rent(large);
        }

        GiveBackLarge(large);
        return null;
    }

    /// <summary>Lends a detector when one is free.</summary>
    /// <param name="pixels">Of the picture to come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public async ValueTask<Lease> RentAsync(long pixels, CancellationToken cancellationToken)
    {
        var large = pixels > _largePixels;
        if (large)
        {
            await _freeForLarge.WaitAsync(cancellationToken);
        }

        try
        {
            await _free.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveBackLarge(large);
            throw;
        }

        return Rent(large);
    }

    public void Dispose()
    {
        foreach (var detector in _idle)
        {
            detector.Dispose();
        }

        _free.Dispose();
        _freeForLarge.Dispose();
    }

    private Lease Rent(bool large)
    {
        try
        {
            if (!_idle.TryTake(out var detector))
            {
                detector = _model.CreateDetector() ?? throw new InvalidOperationException(_model.Note);
            }

            return new Lease(this, detector, large);
        }
        catch
        {
            GiveBack(large);
            throw;
        }
    }

    private void GiveBack(bool large)
    {
        _free.Release();
        GiveBackLarge(large);
    }

    private void GiveBackLarge(bool large)
    {
        if (large)
        {
            _freeForLarge.Release();
        }
    }

    /// <summary>A detector on loan; dispose it to give the detector back.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly DetectorPool _pool;
        private readonly bool _large;

        public Lease(DetectorPool pool, FaceDetector detector, bool large)
        {
            _pool = pool;
            _large = large;
            Detector = detector;
        }

        public FaceDetector Detector { get; }

        public void Dispose()
        {
            _pool._idle.Add(Detector);
            _pool.GiveBack(_large);
        }
    }
}
