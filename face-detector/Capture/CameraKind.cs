namespace FaceEdge.Capture;

/// <summary>How a camera's frames are fetched; the scheme of its URL says.</summary>
internal enum CameraKind
{
    /// <summary><c>rtsp://</c> or <c>rtsps://</c>, over TCP.</summary>
    Rtsp,

    /// <summary><c>http://</c> or <c>https://</c>: MJPEG or a snapshot, by its content type.</summary>
    Http,

    /// <summary><c>/dev/videoN</c>.</summary>
    Device,

    /// <summary>A path or <c>file://</c>: a video, a picture, or a folder of pictures, looped.</summary>
    File,

    /// <summary><c>browser:</c>, a visitor's own camera.</summary>
    Browser,

    /// <summary><c>demo:</c>, drawn faces.</summary>
    Demo,
}
