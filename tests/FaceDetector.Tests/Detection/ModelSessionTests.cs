using FaceEdge.Detection;
using FaceEdge.Tests.Detection.Onnx;

namespace FaceEdge.Tests.Detection;

public sealed class ModelSessionTests
{
    [Fact]
    public void Detectors_of_one_session_work_at_the_same_time_on_frames_of_their_own_size()
    {
        const int Detectors = 4;
        using var session = ModelSession.Load(SquareModel.Dynamic, new InferenceOptions());
        using var together = new Barrier(Detectors);
        var wrong = 0;

        Thread[] threads = [.. Enumerable.Range(0, Detectors).Select(number => new Thread(() =>
        {
            using var detector = session.CreateDetector();
            var at = 32 * number;
            var frame = new TestFrame(320, 320 - at).Fill(at, 0, 32, 32, 255, 255, 0);
            var faces = new Face[4];
            together.SignalAndWait();
            for (var i = 0; i < 20; i++)
            {
                var count = detector.Detect(frame.View, 0.5f, faces, out _);
                Interlocked.Add(ref wrong, count == 1 && faces[0].Box == new Box(at, 0, 32, 32) ? 0 : 1);
            }
        }))];
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_session_lives_until_the_last_of_its_detectors()
    {
        var session = ModelSession.Load(SquareModel.Dynamic, new InferenceOptions());
        var first = session.CreateDetector();
        var second = session.CreateDetector();
        var frame = new TestFrame(320, 320).Fill(0, 0, 32, 32, 255, 255, 0);

        session.Dispose();
        first.Dispose();
        first.Dispose();

        Assert.Equal(1, second.Detect(frame.View, 0.5f, new Face[4], out _));
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(session.CreateDetector);
    }
}
