namespace FaceEdge.Capture.Http;

/// <summary>What an answer's body is, by its first bytes.</summary>
internal enum BodyKind
{
    /// <summary>It ended before its first byte.</summary>
    Empty,

    /// <summary>Parts with a boundary between them.</summary>
    Multipart,

    /// <summary>A JPEG, or one after the other.</summary>
    Jpegs,

    /// <summary>One frame of another format.</summary>
    Snapshot,

    /// <summary>A list of addresses of a stream's parts (HLS, DASH).</summary>
    Playlist,

    /// <summary>A web page or another text.</summary>
    Text,

    /// <summary>A stream or file that ffmpeg may know.</summary>
    Video,
}
