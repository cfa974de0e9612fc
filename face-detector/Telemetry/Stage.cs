namespace FaceEdge.Telemetry;

/// <summary>Where the time of a frame goes, as the label <c>stage</c> of <c>faceedge_stage_seconds</c> says it.</summary>
internal enum Stage
{
    /// <summary>From arrival to the start of detection.</summary>
    Wait,

    /// <summary>Resize, letterbox and conversion to planar float.</summary>
    Preprocess,

    /// <summary>The model's run.</summary>
    Inference,

    /// <summary>From the model's outputs to boxes.</summary>
    DecodeBoxes,

    /// <summary>Boxes and scores into the frame.</summary>
    Paint,

    /// <summary>JPEG.</summary>
    Encode,

    /// <summary>From arrival to the end of the last stage that the frame went through.</summary>
    Total,
}
