using System.Collections.Concurrent;
using FaceEdge.Detection;
using FaceEdge.Web.Settings;

namespace FaceEdge.Web;

/// <summary>Detectors for pictures from outside, apart from the cameras' own; made when first needed, so many and no more.</summary>
internal sealed class DetectorPool : IDisposable
{
    private readonly ConcurrentBag<FaceDetector> _idle = [];
    private readonly SemaphoreSlim _free;
    private readonly LoadedModel _model;

    public DetectorPool(LoadedModel model, ServiceOptions options)
    {
        _model = model;
        _free = new SemaphoreSlim(options.Upload.Concurrency);
    }

    /// <summary>Lends a detector at once; null when all are at work.</summary>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public Lease? TryRent() => _free.Wait(0) ? Rent() : null;

    /// <summary>Lends a detector when one is free.</summary>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    public async ValueTask<Lease> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return Rent();
    }

    public void Dispose()
    {
        foreach (var detector in _idle)
        {
            detector.Dispose();
        }

        _free.Dispose();
    }

    private Lease Rent()
    {
        try
        {
            if (!_idle.TryTake(out var detector))
            {
                detector = _model.CreateDetector() ?? throw new InvalidOperationException(_model.Note);
            }

            return new Lease(this, detector);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>A detector on loan; dispose it to give the detector back.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly DetectorPool _pool;

        public Lease(DetectorPool pool, FaceDetector detector)
        {
            _pool = pool;
            Detector = detector;
        }

        public FaceDetector Detector { get; }

        public void Dispose()
        {
            _pool._idle.Add(Detector);
            _pool._free.Release();
        }
    }
}
