using FaceEdge.Capture;
using FaceEdge.Contracts;

namespace FaceEdge.Streaming;

/// <summary>
/// Hands each encoded frame of a camera to all viewers of its rendition. A viewer holds the newest frame only: one that is slow skips frames
/// and slows nobody, and nothing is ever queued.
/// </summary>
internal sealed class FrameBroadcaster : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action _frameWanted;

    /// <summary>By the rendition's index: the frame that greets a new viewer, or null.</summary>
    private readonly EncodedFrame?[] _latest = new EncodedFrame?[Rendition.Count];

    private FrameSubscription[] _subscriptions = [];
    private PrivacyMode _required;

    /// <param name="frameWanted">Called when a viewer comes for whom there is no frame yet.</param>
    public FrameBroadcaster(Action frameWanted) => _frameWanted = frameWanted;

    public int Viewers => Volatile.Read(ref _subscriptions).Length;

    /// <summary>
    /// Adds a viewer; dispose the subscription when the viewer goes. While others watch the same rendition, its newest frame is there at once.
    /// </summary>
    /// <param name="wakeup">Set for every frame. A viewer of several cameras gives the same one to all.</param>
    /// <param name="rendition">How wide and how fine.</param>
    /// <param name="pace">How often; null for every frame.</param>
    public FrameSubscription Subscribe(Wakeup wakeup, Rendition rendition = default, FramePace? pace = null)
    {
        var subscription = new FrameSubscription(this, wakeup, rendition, pace);
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
            Greet(subscription);
        }

        return subscription;
    }

    /// <summary>
    /// The renditions for which somebody is due for a frame that arrived at a moment. What the others saw last is no longer the newest, and greets nobody.
    /// </summary>
    public RenditionSet Due(long at)
    {
        lock (_gate)
        {
            var due = default(RenditionSet);
            foreach (var subscription in _subscriptions)
            {
                if (subscription.IsDue(at))
                {
                    due = due.With(subscription.Rendition);
                }
            }

            foreach (var rendition in Rendition.All)
            {
                if (!due.Contains(rendition))
                {
                    Forget(rendition);
                }
            }

            return due;
        }
    }

    /// <summary>The renditions in use for which there is no frame to greet with.</summary>
    public RenditionSet Lacking()
    {
        lock (_gate)
        {
            return InUse(static (broadcaster, rendition) => broadcaster._latest[rendition.Index] is null);
        }
    }

    /// <summary>All renditions in use; whatever their pace, all viewers are due for what is published next: it may be the last for long.</summary>
    public RenditionSet Hurry()
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Hurry();
            }

            return InUse(static (_, _) => true);
        }
    }

    /// <summary>
    /// From here on no viewer gets a frame that shows more than this mode lets: not one that is being made, nor one that waits for a slow viewer.
    /// </summary>
    public void Require(PrivacyMode mode)
    {
        lock (_gate)
        {
            _required = mode;
            foreach (var rendition in Rendition.All)
            {
                if (_latest[rendition.Index]?.Privacy < mode)
                {
                    Forget(rendition);
                }
            }

            foreach (var subscription in _subscriptions)
            {
                subscription.Withdraw(mode);
            }
        }
    }

    /// <summary>Hands on a frame and with it the caller's reference.</summary>
    public void Publish(Rendition rendition, EncodedFrame frame)
    {
        lock (_gate)
        {
            Forget(rendition);
            var watched = false;
            foreach (var subscription in _subscriptions)
            {
                // More may be hidden by now than when the frame was made.
                if (subscription.Rendition == rendition && frame.Privacy >= _required)
                {
                    watched = true;
                    subscription.OfferWhenDue(frame);
                }
            }

            if (watched)
            {
                _latest[rendition.Index] = frame;
            }
            else
            {
                // The last viewer left while the frame was made; an old frame must not greet the next one.
                frame.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var rendition in Rendition.All)
            {
                Forget(rendition);
            }
        }
    }

    internal void Change(FrameSubscription subscription, Rendition rendition, FramePace? pace)
    {
        lock (_gate)
        {
            var before = subscription.Rendition;
            subscription.Set(rendition, pace);
            ForgetUnwatched(before);
            if (before != rendition && Array.IndexOf(_subscriptions, subscription) >= 0)
            {
                Greet(subscription);
            }
        }
    }

    internal void Remove(FrameSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = Array.FindAll(_subscriptions, other => other != subscription);
            ForgetUnwatched(subscription.Rendition);
        }
    }

    private void Greet(FrameSubscription subscription)
    {
        if (_latest[subscription.Rendition.Index] is { } latest)
        {
            subscription.OfferWhenDue(latest);
        }
        else
        {
            _frameWanted();
        }
    }

    private RenditionSet InUse(Func<FrameBroadcaster, Rendition, bool> include)
    {
        var set = default(RenditionSet);
        foreach (var subscription in _subscriptions)
        {
            if (include(this, subscription.Rendition))
            {
                set = set.With(subscription.Rendition);
            }
        }

        return set;
    }

    private void ForgetUnwatched(Rendition rendition)
    {
        if (!Array.Exists(_subscriptions, other => other.Rendition == rendition))
        {
            Forget(rendition);
        }
    }

    private void Forget(Rendition rendition)
    {
        _latest[rendition.Index]?.Dispose();
        _latest[rendition.Index] = null;
    }
}
