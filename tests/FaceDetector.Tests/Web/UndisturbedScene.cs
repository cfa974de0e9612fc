using FaceEdge.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace FaceEdge.Tests.Web;

/// <summary>
/// Watches whether frames of a drawn scene were searched one soon after the other. A machine that stops for longer loses people from sight, who count anew
/// when they are seen again: nothing is to be learnt then of how they are told apart.
/// </summary>
internal sealed class UndisturbedScene
{
    /// <summary>Far less than what the tracker bridges.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();
    private DateTimeOffset? _last;
    private bool _isDisturbed;

    /// <param name="service">Whose first camera is watched, from its start on.</param>
    public UndisturbedScene(RunningService service) => service.Services.GetRequiredService<CameraSet>().Pipelines[0].Observed += seen =>
    {
        lock (_gate)
        {
            _isDisturbed |= _last is { } last && seen.At - last > LongestPause;
            _last = seen.At;
        }
    };

    public bool IsDisturbed
    {
        get
        {
            lock (_gate)
            {
                return _isDisturbed;
            }
        }
    }

    /// <summary>Starts the service and tries, until a try was not disturbed: that one's assertions hold.</summary>
    public static async Task TryAsync(string[] settings, Func<RunningService, Task> attempt)
    {
        while (true)
        {
            await using var service = await RunningService.StartAsync(settings);
            var scene = new UndisturbedScene(service);
            try
            {
                await attempt(service);
                return;
            }
            catch (Xunit.Sdk.XunitException) when (scene.IsDisturbed)
            {
                TestContext.Current.TestOutputHelper?.WriteLine("The machine stopped for a while: once more.");
            }
        }
    }
}
