using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>Where a source puts its pictures.</summary>
internal interface IFrameSink
{
    /// <summary>The camera's pool, for frames to fill.</summary>
    FramePool Pool { get; }

    /// <summary>
    /// Tells that a picture has arrived, and asks whether it is worth a frame: a source whose conversion costs something asks first
    /// and skips it for pictures over the camera's frame rate limit. Ask once for each picture: one that is not wanted is counted as dropped.
    /// </summary>
    bool WantsPicture() => true;

    /// <summary>Hands on a filled frame and with it the caller's reference; stamps sequence and time of arrival. Never blocks.</summary>
    void Publish(Frame frame);
}
