namespace FaceEdge.Imaging;

/// <summary>What <c>Imaging:Backend</c> may say.</summary>
internal enum ImagingChoice
{
    /// <summary>OpenCV where its native library loads, else portable.</summary>
    Auto,

    /// <summary>OpenCV or no start.</summary>
    OpenCv,

    /// <summary>libjpeg-turbo, libwebp, ImageSharp and an ffmpeg child process, even where OpenCV would load.</summary>
    Portable,
}
