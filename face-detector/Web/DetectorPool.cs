using System.Collections.Concurrent;
using FaceEdge.Configuration;
using FaceEdge.Detection;

namespace FaceEdge.Web;

/// <summary>Detectors for pictures from outside, apart from the cameras' own; made when first needed, so many and no more.</summary>
/// <remarks>
/// There are as many places as detectors. A picture takes one for each share of the pixels allowed, so that all pictures that are worked on
/// have no more pixels together than a single one may have: their memory is what bounds how many.
/// </remarks>
internal sealed class DetectorPool : IDisposable
{
    private readonly ConcurrentBag<FaceDetector> _idle = [];
    private readonly SemaphoreSlim _places;

    /// <summary>Held by the one that gathers several places, so that no two wait for what the other has.</summary>
    private readonly SemaphoreSlim _gathering = new(1);
    private readonly int _concurrency;
    private readonly long _share;
    private readonly LoadedModel _model;

    public DetectorPool(LoadedModel model, ServiceOptions options)
    {
        _model = model;
        _concurrency = options.Upload.Concurrency;
        _share = options.Upload.PixelShare;
        _places = new SemaphoreSlim(_concurrency);
    }

    /// <summary>Lends a detector at once; null when too many pixels are worked on.</summary>
    /// <param name="pixels">Of the picture to come.</param>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public Lease? TryRent(long pixels)
    {
        var places = PlacesFor(pixels);
        for (var taken = 0; taken < places; taken++)
        {
            if (!_places.Wait(0))
            {
                GiveBack(taken);
                return null;
            }
        }

        return Rent(places);
    }

    /// <summary>Lends a detector when its turn comes.</summary>
    /// <param name="pixels">Of the picture to come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public async ValueTask<Lease> RentAsync(long pixels, CancellationToken cancellationToken)
    {
        var places = PlacesFor(pixels);
        await _gathering.WaitAsync(cancellationToken);
        var taken = 0;
        try
        {
            for (; taken < places; taken++)
            {
                await _places.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            GiveBack(taken);
            throw;
        }
        finally
        {
            _gathering.Release();
        }

        return Rent(places);
    }

    public void Dispose()
    {
        foreach (var detector in _idle)
        {
            detector.Dispose();
        }

        _places.Dispose();
        _gathering.Dispose();
    }

    private int PlacesFor(long pixels) => (int)Math.Clamp((pixels + _share - 1) / _share, 1, _concurrency);

    private Lease Rent(int places)
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
            GiveBack(places);
            throw;
        }
    }

    private void GiveBack(int places)
    {
        if (places > 0)
        {
            _places.Release(places);
        }
    }

    /// <summary>A detector on loan; dispose it to give the detector back. A second time does nothing: another may have it by then.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly DetectorPool _pool;
        private readonly int _places;
        private int _given;

        public Lease(DetectorPool pool, FaceDetector detector, int places)
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
                _pool.GiveBack(_places);
            }
        }
    }
}
