using FaceEdge.Benchmarks.EndToEnd;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>The films that the cameras play.</summary>
internal sealed class Films : IDisposable
{
    /// <summary>Frames a second of a film, and of the fast one.</summary>
    public const int Rate = 15, FastRate = 60;

    private readonly Clip _clip;
    private readonly Clip? _large;

    public Films(FilmKind kind)
    {
        _clip = kind == FilmKind.Still ? Clip.CreateOfStillCamera() : Clip.CreateOfCamera();
        _large = kind == FilmKind.Mixed ? Clip.CreateOfLargeCamera() : null;
        Usual = _clip.AtRate(Rate);
        First = _large?.AtRate(FastRate) ?? Usual;
    }

    /// <summary>Of the first camera.</summary>
    public string First { get; }

    /// <summary>Of every other one, and of bare work.</summary>
    public string Usual { get; }

    public void Dispose()
    {
        _clip.Dispose();
        _large?.Dispose();
    }
}
