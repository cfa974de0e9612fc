using FaceEdge.Detection;

namespace FaceEdge.Tracking;

/// <summary>Says which found face is which track's: the pair that overlaps most first, each face and each track once.</summary>
internal sealed class TrackMatcher
{
    /// <summary>
    /// Boxes are compared with this share more on each side, so that a quick face is known again where its boxes no longer touch (Yang et al., "Hard to
    /// track objects with irregular motions and similar appearances? Make it easier by buffering the matching space", WACV 2023).
    /// </summary>
    private const float Margin = 0.25f;

    /// <summary>Of the widened boxes: a face of the same size may lie 1.18 of its width from where it was expected.</summary>
    private const float LeastOverlap = 0.12f;

    private const int None = -1;

    private readonly int[] _best;
    private readonly float[] _overlap;
    private readonly bool[] _taken;

    /// <param name="capacity">Tracks, and faces of a picture.</param>
    public TrackMatcher(int capacity)
    {
        _best = new int[capacity];
        _overlap = new float[capacity];
        _taken = new bool[capacity];
    }

    /// <summary>A new picture: no face is taken.</summary>
    /// <param name="faces">In the picture.</param>
    public void Begin(int faces) => _taken.AsSpan(0, faces).Clear();

    public bool IsTaken(int face) => _taken[face];

    /// <summary>Hands free faces to tracks that have none in this picture.</summary>
    /// <param name="tracks">Moved on to the picture.</param>
    /// <param name="found">All faces of the picture.</param>
    /// <param name="first">The first of those to hand out.</param>
    /// <param name="end">Behind the last of them.</param>
    /// <param name="at">When the picture was taken; a track found then has its face.</param>
    /// <param name="since">Tracks found last before this get none.</param>
    /// <param name="strong">Whether the faces reach the threshold.</param>
    public void Match(Span<Track> tracks, ReadOnlySpan<Face> found, int first, int end, TimeSpan at, TimeSpan since, bool strong)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            _best[i] = None;
            if (tracks[i].LastFound != at && tracks[i].LastFound >= since)
            {
                FindBest(i, tracks[i], found, first, end);
            }
        }

        // A track whose best face was taken meanwhile looks again when its turn comes: what it finds then overlaps no more than what it lost.
        while (Closest(tracks.Length) is var track and not None)
        {
            var face = _best[track];
            if (_taken[face])
            {
                FindBest(track, tracks[track], found, first, end);
                continue;
            }

            _taken[face] = true;
            _best[track] = None;
            tracks[track].Take(found[face], at, strong);
        }
    }

    private void FindBest(int index, in Track track, ReadOnlySpan<Face> found, int first, int end)
    {
        var box = track.Box.Widened(Margin);
        _best[index] = None;
        _overlap[index] = LeastOverlap;
        for (var face = first; face < end; face++)
        {
            if (_taken[face])
            {
                continue;
            }

            var overlap = box.IntersectionOverUnion(found[face].Box.Widened(Margin));
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
