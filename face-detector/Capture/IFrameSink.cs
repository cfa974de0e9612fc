using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>Where a source puts its frames.</summary>
internal interface IFrameSink
{
    /// <summary>The camera's pool, for frames to fill.</summary>
    FramePool Pool { get; }

    /// <summary>
    /// Tells that a frame has arrived, and asks whether it is wanted: a source whose conversion costs something asks first
    /// and skips it for those over the camera's frame rate limit. Ask once for each frame: one that is not wanted is counted as dropped.
    /// </summary>
    bool WantsFrame() => true;

    /// <summary>Which frames are needed now. A source that cannot choose sends all.</summary>
    FrameDemand Demand => FrameDemand.All;

    /// <summary>Completes when other frames are needed than those known.</summary>
    Task DemandOtherThanAsync(FrameDemand known, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    /// <summary>Tells what comes from now on.</summary>
    /// <param name="demand">What the source follows.</param>
    /// <param name="note">What the page should say about it; null where there is nothing to say.</param>
    void Delivers(FrameDemand demand, string? note)
    {
    }

    /// <summary>Hands on a filled frame and with it the caller's reference; stamps sequence and time of arrival. Never blocks.</summary>
    void Publish(Frame frame);
}
