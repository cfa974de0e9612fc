namespace FaceEdge.Capture.Rtsp;

/// <summary>What an RTSP server asks for before it describes a stream.</summary>
internal enum RtspChallenge
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A user and a password, by Basic or by digest with MD5.</summary>
    Credentials,

    /// <summary>The same, by a digest that is not MD5 and nothing else (RFC 7616): ffmpeg knows MD5 alone.</summary>
    OtherDigest,
}
