namespace FaceEdge.Capture;

/// <summary>How an RTSP camera's frames come (RFC 2326, 12.39).</summary>
internal enum RtspTransport
{
    /// <summary>Inside the RTSP connection: nothing is lost, and firewalls see one port.</summary>
    Tcp,

    /// <summary>As packets of their own, for cameras that offer nothing else; a frame may lack what was lost in transit.</summary>
    Udp,
}
