using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>Where a source puts its pictures.</summary>
internal interface IFrameSink
{
    /// <summary>The camera's pool, for frames to fill.</summary>
    FramePool Pool { get; }

    /// <summary>Hands on a filled frame and with it the caller's reference; stamps sequence and time of arrival. Never blocks.</summary>
    void Publish(Frame frame);
}
