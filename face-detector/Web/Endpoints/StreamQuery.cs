using System.ComponentModel;
using FaceEdge.Capture;
using FaceEdge.Streaming;
using Microsoft.AspNetCore.Mvc;

namespace FaceEdge.Web.Endpoints;

/// <summary>What ?width=, ?quality= and ?fps= ask for.</summary>
/// <param name="Width">Pixels at most.</param>
/// <param name="Quality">Of JPEG at most.</param>
/// <param name="Fps">Frames a second at most.</param>
internal readonly record struct StreamQuery(
    [property: Description(FrameQuery.AboutWidth), FromQuery(Name = "width")] int? Width,
    [property: Description(FrameQuery.AboutQuality), FromQuery(Name = "quality")] int? Quality,
    [property: Description("Frames a second at most."), FromQuery(Name = "fps")] int? Fps)
{
    private const int FastestCamera = 240;

    public Rendition Rendition => Frame.Rendition;

    private FrameQuery Frame => new(Width, Quality);

    public FramePace? PaceBy(TimeProvider time) => Fps is { } perSecond ? new FramePace(perSecond, time) : null;

    /// <summary>Null when everything is within bounds.</summary>
    public IResult? Fault()
    {
        var faults = Frame.Faults();
        FrameQuery.Check(faults, "fps", Fps, 1, FastestCamera);
        return FrameQuery.Fault(faults);
    }
}
