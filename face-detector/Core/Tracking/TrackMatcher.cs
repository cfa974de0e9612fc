using FaceEdge.Detection;

namespace FaceEdge.Tracking;

/// <summary>Assigns found faces to tracks: the pair that overlaps most first, each face and each track once.</summary>
internal sealed class TrackMatcher
{
    /// <summary>Of the widened boxes: faces of one size may lie .79 of their widened width from each other.</summary>
    private const float MinOverlap = 0.12f;

    private const int None = -1;

    private readonly int[] _best;
    private readonly float[] _overlap;
    private readonly bool[] _taken;

    /// <param name="capacity">Tracks, and faces of a frame.</param>
    public TrackMatcher(int capacity)
    {
        _best = new int[capacity];
        _overlap = new float[capacity];
        _taken = new bool[capacity];
    }

    /// <summary>A new frame: no face is taken.</summary>
    /// <param name="faces">In the frame.</param>
    public void Begin(int faces) => _taken.AsSpan(0, faces).Clear();

    public bool IsTaken(int face) => _taken[face];

    /// <summary>Hands free faces to tracks that have none in this frame.</summary>
    /// <param name="tracks">Moved on to the frame.</param>
    /// <param name="found">All faces of the frame.</param>
    /// <param name="at">When the frame was taken; a track found then has its face.</param>
    /// <param name="pass">Which faces go to which tracks.</param>
    public void Match(Span<Track> tracks, ReadOnlySpan<Face> found, TimeSpan at, in MatchPass pass)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            _best[i] = None;
            if (tracks[i].LastFound != at && pass.Memory.Holds(at - tracks[i].LastFound, tracks[i].Misses - 1))
            {
                FindBest(i, tracks[i], found, pass);
            }
        }

        // A track whose best face was taken meanwhile looks again when its turn comes: what it finds then overlaps no more than what it lost.
        while (Closest(tracks.Length) is var track and not None)
        {
            var face = _best[track];
            if (_taken[face])
            {
                FindBest(track, tracks[track], found, pass);
                continue;
            }

            _taken[face] = true;
            _best[track] = None;
            tracks[track].Take(found[face], at, pass.Strong);
        }
    }

    private void FindBest(int index, in Track track, ReadOnlySpan<Face> found, in MatchPass pass)
    {
        var box = track.Box.Widened(pass.Margin);
        _best[index] = None;
        _overlap[index] = MinOverlap;
        for (var face = pass.First; face < pass.End; face++)
        {
            if (_taken[face])
            {
                continue;
            }

            var overlap = box.IntersectionOverUnion(found[face].Box.Widened(pass.Margin));
            if (overlap > _overlap[index])
            {
                (_best[index], _overlap[index]) = (face, overlap);
            }
        }
    }

    private int Closest(int tracks)
    {
        var closest = None;
        for (var i = 0; i < tracks; i++)
        {
            if (_best[i] != None && (closest == None || _overlap[i] > _overlap[closest]))
            {
                closest = i;
            }
        }

        return closest;
    }
}
