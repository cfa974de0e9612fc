namespace FaceEdge.Tracking;

/// <summary>
/// How long a face that is missed is remembered. Where frames are searched seldom, a time alone would forget a person at the first miss, and count the same
/// person as new.
/// </summary>
/// <param name="Time">Through any number of frames.</param>
/// <param name="Misses">Through so many frames, however long that takes.</param>
/// <param name="Longest">But no longer than this.</param>
internal readonly record struct TrackMemory(TimeSpan Time, int Misses, TimeSpan Longest)
{
    public static readonly TrackMemory Endless = new(TimeSpan.MaxValue, 0, TimeSpan.MaxValue);

    /// <param name="missed">Since the face was found.</param>
    /// <param name="misses">Frames in which it was missed.</param>
    public bool Holds(TimeSpan missed, int misses) => missed <= Time || (misses <= Misses && missed <= Longest);
}
