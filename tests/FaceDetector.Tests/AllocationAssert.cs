namespace FaceEdge.Tests;

/// <summary>What a frame costs of managed memory.</summary>
internal static class AllocationAssert
{
    private const int Rounds = 10;

    /// <summary>
    /// Asserts that a round of work allocates nothing on its thread once it is warm. What the runtime itself allocates there now and then, for example when it
    /// compiles a method again, does not count: it is not part of every round.
    /// </summary>
    /// <param name="work">Gets the number of the round; the first, 0, warms it up.</param>
    public static void None(Action<int> work)
    {
        work(0);
        var least = long.MaxValue;
        for (var round = 1; round <= Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work(round);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
