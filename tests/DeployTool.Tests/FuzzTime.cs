using System.Globalization;

namespace FaceEdge.Deploy.Tests;

/// <summary>How long the fuzzing tests go on: shortly in the suite, for <c>DEPLOY_TOOL_FUZZ_SECONDS</c> each where that is set.</summary>
internal static class FuzzTime
{
    /// <param name="usual">Seconds in the suite; -1 for a hundred inputs.</param>
    public static int Seconds(int usual = -1) =>
        int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TOOL_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : usual;
}
