using FaceEdge.Contracts;

namespace FaceEdge.Web.Api;

/// <summary>What runs here.</summary>
/// <param name="Product">"FaceEdge face-detector".</param>
/// <param name="Version">Of the service.</param>
/// <param name="Commit">Of its source; null in a build that was not told.</param>
/// <param name="Site">Name of the site.</param>
/// <param name="Environment">Such as qa, uat or production.</param>
/// <param name="Contact">Who runs the site, in words, an address or a number; null where it is not told.</param>
/// <param name="SignIn">Whether who looks has to sign in.</param>
/// <param name="Image">The container image with its digest, as the manifest pins it; null where none was given.</param>
/// <param name="Model">Null while no model is there.</param>
/// <param name="ModelNote">What to do when no model is there; else null.</param>
/// <param name="Backend">"opencv" or "portable".</param>
/// <param name="BackendReason">Why that one.</param>
/// <param name="Architecture">Of the process, such as x64 or arm64.</param>
/// <param name="Runtime">Of .NET.</param>
/// <param name="Started">When the service started.</param>
/// <param name="Privacy">"none", "blur" or "boxes": what frames show of people. No picture and nothing about a face is ever stored, whatever it is.</param>
internal sealed record InfoDto(
    string Product,
    string Version,
    string? Commit,
    string Site,
    string Environment,
    string? Contact,
    bool SignIn,
    string? Image,
    ModelDto? Model,
    string? ModelNote,
    string Backend,
    string BackendReason,
    string Architecture,
    string Runtime,
    DateTimeOffset Started,
    PrivacyMode Privacy);
