using FaceEdge.Imaging;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>
/// Passes on the frames of one child after another. A newer child takes over with its first frame, so that none is missing while it starts; what the older
/// one still sends is dropped.
/// </summary>
internal sealed class ChildRelay
{
    private readonly IFrameSink _sink;
    private readonly Lock _gate = new();
    private int _made;
    private int _leading;

    public ChildRelay(IFrameSink sink) => _sink = sink;

    /// <summary>Whether any child has sent a frame.</summary>
    public bool HasLed
    {
        get
        {
            lock (_gate)
            {
                return _leading > 0;
            }
        }
    }

    /// <summary>The sink of the next child.</summary>
    /// <param name="takesOver">Called before its first frame is passed on.</param>
    public Child Next(Action takesOver) => new(this, ++_made, takesOver);

    /// <summary>Where one child puts its frames.</summary>
    public sealed class Child(ChildRelay relay, int number, Action takesOver) : IFrameSink
    {
        private readonly TaskCompletionSource _leads = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes with the first frame.</summary>
        public Task Leads => _leads.Task;

        public FramePool Pool => relay._sink.Pool;

        public bool WantsFrame()
        {
            lock (relay._gate)
            {
                if (number < relay._leading)
                {
                    return false;
                }

                if (number > relay._leading)
                {
                    relay._leading = number;
                    takesOver();
                    _leads.SetResult();
                }

                return relay._sink.WantsFrame();
            }
        }

        public void Publish(Frame frame)
        {
            lock (relay._gate)
            {
                if (number == relay._leading)
                {
                    relay._sink.Publish(frame);
                    return;
                }
            }

            frame.Dispose();
        }
    }
}
