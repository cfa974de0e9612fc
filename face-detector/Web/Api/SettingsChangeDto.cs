using FaceEdge.Contracts;

namespace FaceEdge.Web.Api;

/// <summary>
/// A change of settings: what is left out stays as it is. Null is taken as well, and goes back to the configured value. Describes the body of the request;
/// what is read is the JSON itself, which tells null from what is left out.
/// </summary>
internal sealed class SettingsChangeDto
{
    /// <summary>"face" or "eyes".</summary>
    public DetectionMode Mode { get; init; }

    /// <summary>The confidence score from which a face counts.</summary>
    public double Threshold { get; init; }

    /// <summary>Heading of the page.</summary>
    public string Title { get; init; } = "";

    /// <summary>Of the page: "#ffc0cb", "#fcb" or a CSS colour name.</summary>
    public string Background { get; init; } = "";

    /// <summary>"none", "blur" or "boxes". Showing more than before asks for the key, whoever asks.</summary>
    public PrivacyMode Privacy { get; init; }
}
