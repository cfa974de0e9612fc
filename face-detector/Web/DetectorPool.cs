using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using FaceEdge.Configuration;
using FaceEdge.Detection;

namespace FaceEdge.Web;

/// <summary>Detectors for uploaded pictures and visitors' frames, apart from the cameras' own; made when first needed, so many and no more.</summary>
/// <remarks>
/// There are as many places as detectors. A picture takes one for each share of the pixels allowed, so that all pictures that are worked on
/// have no more pixels together than a single one may have: their memory is what bounds how many.
/// </remarks>
internal sealed class DetectorPool : IDisposable
{
    private readonly ConcurrentBag<FaceDetector> _idle = [];
    private readonly ConcurrencyLimiter _places;
    private readonly int _concurrency;
    private readonly long _share;
    private readonly LoadedModel _model;

    public DetectorPool(LoadedModel model, ServiceOptions options)
    {
        _model = model;
        _concurrency = options.Upload.Concurrency;
        _share = options.Upload.PixelShare;
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = _concurrency,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Lends a detector at once; null when too many pixels are worked on.</summary>
    /// <param name="pixels">Of the picture to come.</param>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public Lease? TryRent(long pixels)
    {
        var places = _places.AttemptAcquire(PlacesFor(pixels));
        if (places.IsAcquired)
        {
            return Rent(places);
        }

        places.Dispose();
        return null;
    }

    /// <summary>Lends a detector when its turn comes.</summary>
    /// <param name="pixels">Of the picture to come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public async ValueTask<Lease> RentAsync(long pixels, CancellationToken cancellationToken)
    {
        var places = await _places.AcquireAsync(PlacesFor(pixels), cancellationToken);

        // The queue has no end: only the end of the pool refuses.
        ObjectDisposedException.ThrowIf(!places.IsAcquired, this);
        return Rent(places);
    }

    public void Dispose()
    {
        foreach (var detector in _idle)
        {
            detector.Dispose();
        }

        _places.Dispose();
    }

    private int PlacesFor(long pixels) => (int)Math.Clamp((pixels + _share - 1) / _share, 1, _concurrency);

    private Lease Rent(RateLimitLease places)
    {
        try
        {
            if (!_idle.TryTake(out var detector))
            {
                detector = _model.CreateDetector() ?? throw new InvalidOperationException(_model.Note);
            }

            return new Lease(this, detector, places);
        }
        catch
        {
            places.Dispose();
            throw;
        }
    }

    /// <summary>A detector on loan; dispose it to give the detector back. A second time does nothing: another may have it by then.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly DetectorPool _pool;
        private readonly RateLimitLease _places;
        private int _given;

        public Lease(DetectorPool pool, FaceDetector detector, RateLimitLease places)
        {
            _pool = pool;
            _places = places;
            Detector = detector;
        }

        public FaceDetector Detector { get; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                _pool._idle.Add(Detector);
                _places.Dispose();
            }
        }
    }
}
