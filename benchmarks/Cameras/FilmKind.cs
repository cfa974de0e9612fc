namespace FaceEdge.Benchmarks.Cameras;

/// <summary>What the cameras send.</summary>
internal enum FilmKind
{
    /// <summary>People who move, 1280x720 at 15 frames/s.</summary>
    Moving,

    /// <summary>The same scene standing still.</summary>
    Still,

    /// <summary>The first camera sends 1920x1080 at 60 frames/s, the others as ever.</summary>
    Mixed,
}
