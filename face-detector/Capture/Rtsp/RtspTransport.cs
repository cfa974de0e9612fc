namespace FaceEdge.Capture;

/// <summary>How an RTSP camera's pictures come (RFC 2326, 12.39).</summary>
internal enum RtspTransport
{
    /// <summary>Inside the RTSP connection: nothing is lost, and firewalls see one port.</summary>
    Tcp,

    /// <summary>As packets of their own, for cameras that offer nothing else; a picture may lack what was lost on the way.</summary>
    Udp,
}
