using System.ComponentModel;
using FaceEdge.Streaming;
using Microsoft.AspNetCore.Mvc;

namespace FaceEdge.Web.Endpoints;

/// <summary>What ?width= and ?quality= ask for.</summary>
/// <param name="Width">Pixels at most.</param>
/// <param name="Quality">Of JPEG at most.</param>
internal readonly record struct FrameQuery(
    [property: Description(FrameQuery.AboutWidth), FromQuery(Name = "width")] int? Width, [property: Description(FrameQuery.AboutQuality), FromQuery(Name = "quality")] int? Quality)
{
    public const string AboutWidth = "Pixels at most: the next of 960, 640 and 480 below, or the camera's own.";

    public const string AboutQuality = "JPEG quality at most: the next of 60 and 30 below, or the site's own.";

    private const int WidestFrame = 65_500;

    private const int FinestQuality = 100;

    public Rendition Rendition => Rendition.Within(Width, Quality);

    /// <summary>Null when everything is within bounds.</summary>
    public IResult? Fault() => Fault(Faults());

    internal static IResult? Fault(Dictionary<string, string[]> faults) =>
        faults.Count == 0 ? null : TypedResults.ValidationProblem(faults, title: "Width, quality or rate out of bounds");

    internal static void Check(Dictionary<string, string[]> faults, string name, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults[name] = [$"{name} {value}: allowed is a whole number from {least} to {most}"];
        }
    }

    internal Dictionary<string, string[]> Faults()
    {
        var faults = new Dictionary<string, string[]>();
        Check(faults, "width", Width, Rendition.MinWidth, WidestFrame);
        Check(faults, "quality", Quality, Rendition.MinQuality, FinestQuality);
        return faults;
    }
}
