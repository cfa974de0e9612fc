using FaceEdge.Contracts;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>One camera: the section <c>Cameras:&lt;name&gt;</c> of the configuration.</summary>
internal sealed class CameraOptions
{
    /// <summary>Letters, digits, dash and underscore: it is part of a URL.</summary>
    public string Name { get; set; } = "camera";

    /// <summary>See <see cref="CameraUrl"/>.</summary>
    public string Url { get; set; } = "demo:";

    /// <summary>Before the first attempt to reconnect; doubles with each that fails.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait between two attempts: how late a camera that came back may be noticed.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a new connection may take until its first frame.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection without a new frame for so long is given up.</summary>
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A camera whose frames stay the same byte for byte for so long, and at least four times in a row, is taken as hung; 0 turns the check off. A
    /// sensor's noise makes even a still scene differ, but an encoder may smooth it away: raise this for such a camera.
    /// </summary>
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Frames beyond it are dropped; 0 takes all. Lower it to save power where ten frames a second are plenty.</summary>
    public double MaxFramesPerSecond { get; set; }

    /// <summary>How often a camera that answers single frames (HTTP snapshot) is asked.</summary>
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Asks an HTTP camera through the proxy that http_proxy and no_proxy name; otherwise they do not count for cameras.</summary>
    public bool UseProxy { get; set; }

    /// <summary>How an RTSP camera's frames come.</summary>
    public RtspTransport RtspTransport { get; set; }

    /// <summary>Takes an https camera's certificate whoever signed it: cameras sign their own.</summary>
    public bool AllowUntrustedCertificate { get; set; }

    /// <summary>Degrees by which its frames are turned clockwise: 0, 90, 180 or 270.</summary>
    public int Rotate { get; set; }

    /// <summary>Whether left and right are swapped, after turning.</summary>
    public bool Mirror { get; set; }

    /// <summary>The part that is kept of the turned frame.</summary>
    public CropRegion Crop { get; set; } = CropRegion.Whole;

    /// <summary>What its frames hide of people whatever the site's setting is.</summary>
    public PrivacyMode Privacy { get; set; }

    /// <summary>Parts of its frames that are blackened and never searched.</summary>
    public IReadOnlyList<Polygon> Masks { get; set; } = [];

    /// <summary>How long each picture of a folder is shown.</summary>
    public TimeSpan PictureTime { get; set; } = TimeSpan.FromSeconds(1);
}
