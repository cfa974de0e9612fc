namespace FaceEdge.Detection;

/// <summary>
/// The outputs of the YuNet layout for one stride, over a grid of N = <see cref="Columns"/> × <see cref="Rows"/> cells, row by row.
/// Layout: ShiqiYu/libfacedetection.train, mmdet/models/dense_heads/yunet_head.py.
/// </summary>
internal readonly ref struct YuNetGrid
{
    public const int BoxLength = 4;
    public const int LandmarksLength = 2 * Detection.Landmarks.Count;

    public YuNetGrid(
        int stride,
        int columns,
        ReadOnlySpan<float> classScores,
        ReadOnlySpan<float> objectScores,
        ReadOnlySpan<float> boxes,
        ReadOnlySpan<float> landmarks)
    {
        Stride = stride;
        Columns = columns;
        ClassScores = classScores;
        ObjectScores = objectScores;
        Boxes = boxes;
        Landmarks = landmarks;
    }

    /// <summary>Input pixels per cell: 8, 16 or 32.</summary>
    public int Stride { get; }

    public int Columns { get; }

    public int Rows => ClassScores.Length / Columns;

    /// <summary>N values, 0 to 1: a face rather than anything else.</summary>
    public ReadOnlySpan<float> ClassScores { get; }

    /// <summary>N values, 0 to 1: how well the box fits.</summary>
    public ReadOnlySpan<float> ObjectScores { get; }

    /// <summary>4 N values: offset of the centre from the cell across and down, logarithm of width and height, all in strides.</summary>
    public ReadOnlySpan<float> Boxes { get; }

    /// <summary>10 N values: offsets of the five landmarks from the cell, in strides.</summary>
    public ReadOnlySpan<float> Landmarks { get; }
}
