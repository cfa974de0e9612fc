namespace FaceEdge.Contracts;

/// <summary>What frames that leave the service show of people; each value hides more than the one before.</summary>
internal enum PrivacyMode
{
    /// <summary>Everything.</summary>
    None,

    /// <summary>Faces are made unrecognisable.</summary>
    Blur,

    /// <summary>Boxes on a plain ground, and nothing of the frame.</summary>
    Boxes,
}
