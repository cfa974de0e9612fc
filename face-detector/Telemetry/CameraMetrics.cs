namespace FaceEdge.Telemetry;

/// <summary>The metrics of one camera; the label with its name is made once.</summary>
internal sealed class CameraMetrics
{
    private static readonly KeyValuePair<string, object?>[] Stages =
        [.. new[] { "wait", "preprocess", "inference", "decode_boxes", "paint", "encode", "total" }.Select(stage => KeyValuePair.Create("stage", (object?)stage))];

    private readonly ServiceMetrics _service;
    private Func<CameraReading>? _read;

    internal CameraMetrics(ServiceMetrics service, string camera)
    {
        _service = service;
        Label = new KeyValuePair<string, object?>("camera", camera);
        _service.FramesDetected.Add(0, Label);
        _service.FramesEncoded.Add(0, Label);
        _service.FacesFound.Add(0, Label);
        _service.PeoplePassed.Add(0, Label);
    }

    internal KeyValuePair<string, object?> Label { get; }

    /// <summary>Null until <see cref="Observe"/> was called.</summary>
    internal CameraReading? Reading => _read?.Invoke();

    /// <summary>Says where to read what is not recorded as it happens.</summary>
    /// <param name="read">May be called at any time, from any thread.</param>
    public void Observe(Func<CameraReading> read) => _read = read;

    public void Spent(Stage stage, TimeSpan time) => _service.StageSeconds.Record(time.TotalSeconds, Label, Stages[(int)stage]);

    public void Detected(int faces)
    {
        _service.FramesDetected.Add(1, Label);
        _service.FacesFound.Add(faces, Label);
    }

    /// <summary>So many people came into view.</summary>
    public void Passed(int people) => _service.PeoplePassed.Add(people, Label);

    /// <summary>The confidence score of one face that was found, 0 to 1; how they lie tells when a camera's view has drifted.</summary>
    public void Found(float score) => _service.FaceScore.Record(score, Label);

    public void Encoded() => _service.FramesEncoded.Add(1, Label);

    /// <summary>A page has drawn a frame, so long after its arrival.</summary>
    public void Delivered(TimeSpan latency)
    {
        _service.DeliverySeconds.Record(latency.TotalSeconds, Label);
        _service.GlassToGlassSeconds.Record(latency.TotalSeconds, Label);
    }
}
