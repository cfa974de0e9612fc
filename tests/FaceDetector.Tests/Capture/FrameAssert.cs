using FaceEdge.Imaging;

namespace FaceEdge.Tests.Capture;

/// <summary>What must hold of frames when a test is over.</summary>
internal static class FrameAssert
{
    /// <summary>Every frame that was lent is given back: a read inside OpenCV may outlive the camera that gave it up, for as long as the machine is busy.</summary>
    public static void AllComeBackTo(FramePool pool)
    {
        SpinWait.SpinUntil(() => pool.Outstanding == 0, TimeSpan.FromMinutes(2));
        Assert.Equal(0, pool.Outstanding);
    }
}
