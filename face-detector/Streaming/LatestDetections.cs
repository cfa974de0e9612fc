using FaceEdge.Detection;

namespace FaceEdge.Streaming;

/// <summary>
/// What was found in a camera's newest frame. The pipeline overwrites it for each frame without allocating; whoever asks gets a copy.
/// </summary>
internal sealed class LatestDetections
{
    private readonly Lock _gate = new();
    private readonly Face[] _faces;
    private int _count;
    private long _version;
    private DetectionHeader _header;

    public LatestDetections(int capacity) => _faces = new Face[capacity];

    /// <summary>Counts up with each change; 0 before the first frame.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Publish(in DetectionHeader header, ReadOnlySpan<Face> faces)
    {
        lock (_gate)
        {
            _version++;
            _header = header;
            _count = Math.Min(faces.Length, _faces.Length);
            faces[.._count].CopyTo(_faces);
        }
    }

    /// <summary>The camera is lost: nobody is known to be there.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _version++;
            _count = 0;
        }
    }

    /// <summary>The frame and how many faces it shows, without copying them.</summary>
    public (DetectionHeader Header, int Faces) Summary()
    {
        lock (_gate)
        {
            return (_header, _count);
        }
    }

    public (DetectionHeader Header, Face[] Faces) Read()
    {
        lock (_gate)
        {
            return (_header, _faces.AsSpan(0, _count).ToArray());
        }
    }
}
