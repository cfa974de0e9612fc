namespace FaceEdge.Capture;

/// <summary>What decodes video in place of the processor: what ffmpeg calls it.</summary>
internal enum HardwareDecode
{
    None,

    /// <summary>Whatever ffmpeg finds, and the processor where it finds nothing.</summary>
    Auto,

    /// <summary>Intel and AMD, through /dev/dri.</summary>
    Vaapi,

    /// <summary>The memory-to-memory decoders of arm64 boards, of H.264 alone.</summary>
    V4l2m2m,

    /// <summary>The stateless decoders of arm64 boards.</summary>
    Drm,

    /// <summary>Intel's media library.</summary>
    Qsv,

    /// <summary>NVIDIA.</summary>
    Cuda,
}
