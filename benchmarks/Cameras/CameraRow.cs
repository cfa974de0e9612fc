namespace FaceEdge.Benchmarks.Cameras;

/// <summary>One row of the table, measured once.</summary>
/// <param name="Service">Which.</param>
/// <param name="Cameras">How many.</param>
/// <param name="Viewers">Of the first camera.</param>
/// <param name="Cores">Processors kept busy, by the service and its ffmpegs.</param>
/// <param name="ServiceMilliseconds">Processor time of the service for each frame that the cameras sent.</param>
/// <param name="FfmpegMilliseconds">The same of the ffmpegs.</param>
/// <param name="Ratio">Both, over bare decode, bare Run and, of watched frames, bare encode, measured just before.</param>
/// <param name="Dropped">Share of the frames that nobody looked at.</param>
/// <param name="FramesPerSecond">Of one camera, on the average.</param>
/// <param name="First">Frames a second of the first camera that were searched.</param>
/// <param name="Least">The same of the camera of which fewest were, the first left out where there are others.</param>
/// <param name="Most">The same of the camera of which most were.</param>
/// <param name="ServiceMegabytes">Proportional memory of the service.</param>
/// <param name="FfmpegMegabytes">The same of all its ffmpegs.</param>
internal sealed record CameraRow(
    string Service,
    int Cameras,
    int Viewers,
    double Cores,
    double ServiceMilliseconds,
    double FfmpegMilliseconds,
    double Ratio,
    double Dropped,
    double FramesPerSecond,
    double First,
    double Least,
    double Most,
    double ServiceMegabytes,
    double FfmpegMegabytes);
