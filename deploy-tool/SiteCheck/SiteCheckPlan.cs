using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>What is asked of a site.</summary>
/// <param name="Environment">The environment that the site belongs to.</param>
/// <param name="Site">Name of the site.</param>
/// <param name="Image">The image that it is to run.</param>
/// <param name="Picture">The picture that is posted.</param>
/// <param name="Requests">How often it is posted, from 1.</param>
/// <param name="LatencyObjective">What 95 of 100 answers must not exceed.</param>
/// <param name="Timeout">How long the site may take to come up with the image.</param>
internal sealed record SiteCheckPlan(
    string Environment, string Site, ImageReference Image, KnownPicture Picture, int Requests, TimeSpan LatencyObjective, TimeSpan Timeout);
