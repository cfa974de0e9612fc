using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Models;
using FaceEdge.Tests.Detection.Onnx;

namespace FaceEdge.Tests.Detection;

public sealed class FaceDetectorTests
{
    private readonly Face[] _faces = new Face[64];

    [Fact]
    public void Detect_finds_every_square_strongest_first_in_pixels_of_the_frame()
    {
        using var detector = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());
        var frame = new TestFrame(1280, 720)
            .Fill(128, 0, 128, 128, 200, 200, 0)
            .Fill(1152, 512, 128, 128, 255, 255, 0);

        var count = detector.Detect(frame.View, 0.5f, _faces, out _);

        Assert.Equal(new InputShape(320, 192), detector.Input);
        Assert.Equal([new Box(1152, 512, 128, 128), new Box(128, 0, 128, 128)], Boxes(count));
        Assert.Equal([1f, 200 / 255f], _faces[..count].Select(face => face.Score), (a, b) => MathF.Abs(a - b) < 1e-5f);
        Assert.Equal(1152 + (.3f * 128), _faces[0].Landmarks[Landmarks.RightEye].X, 1e-2f);
        Assert.Equal(512 + (.8f * 128), _faces[0].Landmarks[Landmarks.LeftMouthCorner].Y, 1e-2f);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(1e30f, 0)]
    [InlineData(0.5f, 1000)]
    public void A_box_that_no_frame_can_have_is_no_face_and_not_all_is_found(float place, float logarithm)
    {
        using var detector = FaceDetector.Load(SquareModel.File(SquareModel.Build(320, 320, box: [place, 0.5f, logarithm, 0])), new InferenceOptions());

        var count = detector.Detect(new TestFrame(320, 320).Fill(0, 0, 64, 64, 255, 255, 0).View, 0.5f, _faces, out _);

        Assert.Equal((0, false), (count, detector.FoundAll));
    }

    [Theory]
    [InlineData(720, 1280, 192, 320)]
    [InlineData(640, 480, 320, 256)]
    [InlineData(100, 100, 320, 320)]
    [InlineData(2000, 20, 320, 32)]
    [InlineData(1, 1, 320, 320)]
    public void Detect_takes_frames_of_any_shape(int width, int height, int inputWidth, int inputHeight)
    {
        using var detector = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());

        detector.Detect(TestFrame.Noise(width, height, 5, 1).View, 0.9f, _faces, out _);

        Assert.Equal(new InputShape(inputWidth, inputHeight), detector.Input);
    }

    [Fact]
    public void Detect_follows_a_camera_that_changes_its_resolution_and_leaves_nothing_of_the_old_frame()
    {
        using var detector = FaceDetector.Load(SquareModel.Fixed(320, 320), new InferenceOptions());
        detector.Detect(new TestFrame(320, 320).Fill(0, 0, 320, 320, 255, 255, 0).View, 0.5f, _faces, out _);

        var count = detector.Detect(new TestFrame(640, 320).Fill(64, 128, 64, 64, 255, 255, 0).View, 0.5f, _faces, out _);

        Assert.Equal([new Box(64, 128, 64, 64)], Boxes(count));
    }

    [Fact]
    public void What_is_found_does_not_depend_on_the_frames_before()
    {
        TestFrame[] frames =
        [
            new TestFrame(320, 320).Fill(0, 0, 320, 320, 255, 255, 0), new TestFrame(640, 320).Fill(64, 128, 64, 64, 255, 255, 0),
            new TestFrame(320, 640).Fill(0, 0, 64, 64, 255, 255, 0), new TestFrame(100, 30).Fill(5, 5, 20, 20, 200, 200, 0), TestFrame.Noise(333, 77, 5, 1),
        ];
        var alone = Array.ConvertAll(frames, frame =>
        {
            using var fresh = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());
            return Found(fresh, frame);
        });
        using var detector = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());

        Gen.Int[0, frames.Length - 1].Array[1, 10].Sample(
            order => Assert.All(order, frame => Assert.Equal(alone[frame], Found(detector, frames[frame]))), iter: 30, threads: 1);
    }

    [Fact]
    public void Detect_fills_a_short_span_with_the_strongest_faces()
    {
        using var detector = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());
        var frame = new TestFrame(320, 320).Fill(0, 0, 320, 320, 180, 180, 0).Fill(64, 64, 32, 32, 250, 250, 0);

        var count = detector.Detect(frame.View, 0.5f, _faces.AsSpan(0, 1), out _);

        Assert.Equal([new Box(64, 64, 32, 32)], Boxes(count));
    }

    [Fact]
    public void Detect_allocates_nothing_while_the_size_of_the_frame_stays()
    {
        using var detector = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());
        var frame = new TestFrame(1280, 720).Fill(128, 0, 128, 128, 200, 200, 0);

        AllocationAssert.None(_ =>
        {
            for (var i = 0; i < 50; i++)
            {
                detector.Detect(frame.View, 0.5f, _faces, out var _);
            }
        });
    }

    [Fact]
    public void Several_detectors_of_one_file_work_side_by_side()
    {
        using var first = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());
        using var second = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());
        var left = new TestFrame(320, 320).Fill(0, 0, 32, 32, 255, 255, 0);
        var right = new TestFrame(640, 320).Fill(576, 0, 64, 64, 255, 255, 0);

        var count = first.Detect(left.View, 0.5f, _faces, out _);
        Assert.Equal([new Box(0, 0, 32, 32)], Boxes(count));
        count = second.Detect(right.View, 0.5f, _faces, out _);
        Assert.Equal([new Box(576, 0, 64, 64)], Boxes(count));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Detect_refuses_a_threshold_that_is_no_confidence_score(float threshold)
    {
        using var detector = FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions());

        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Detect(new TestFrame(8, 8).View, threshold, _faces, out _));
    }

    [Fact]
    public void Load_refuses_a_corrupt_file_and_names_it()
    {
        var content = SquareModel.Dynamic.Content[..500];

        var refusal = Assert.Throws<InvalidModelException>(() => FaceDetector.Load(SquareModel.File(content, "/models/broken.onnx"), new InferenceOptions()));

        Assert.StartsWith("Model /models/broken.onnx cannot be used: expected an ONNX face detector of the YuNet layout", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_refuses_a_model_that_lacks_an_output()
        => AssertRefused(
            SquareModel.Build("height", "width", leftOut: "obj_16"),
            "it has no output 'obj_16' but cls_8, obj_8, bbox_8, kps_8, cls_16, bbox_16, kps_16, cls_32, obj_32, bbox_32, kps_32; expected a float32 output 'obj_16' of shape [1, cells, 1].");

    [Fact]
    public void Load_refuses_an_output_of_another_shape()
        => AssertRefused(SquareModel.Build(320, 320, boxLength: 5), "its output 'bbox_8' is Float [1, 1600, 5]; expected a float32 output 'bbox_8' of shape [1, 1600, 4].");

    [Fact]
    public void Load_refuses_an_input_of_another_shape()
        => AssertRefused(
            SquareModel.Build(320, 320, channels: 1),
            "its input 'input' is Float [1, 1, 320, 320]; expected one float32 input of shape [1, 3, height, width], height and width free or multiples of 32.");

    [Fact]
    public void Load_refuses_options_that_are_out_of_range_and_names_all_of_them()
    {
        var refusal = Assert.Throws<ArgumentException>(() => FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions { InputSide = 300, IntraOpThreads = 0 }));

        Assert.Contains("IntraOpThreads is 0; allowed: 1 to 64.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("InputSide is 300; allowed: multiples of 32 from 64 to 1920.", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(byte[] content, string reason)
    {
        var refusal = Assert.Throws<InvalidModelException>(() => FaceDetector.Load(SquareModel.File(content), new InferenceOptions()));
        Assert.Equal($"Model square.onnx cannot be used: {reason}", refusal.Message);
    }

    private Box[] Boxes(int count) => [.. _faces[..count].Select(face => face.Box)];

    private Face[] Found(FaceDetector detector, TestFrame frame) => _faces[..detector.Detect(frame.View, 0.5f, _faces, out _)];
}
