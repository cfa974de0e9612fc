using System.Text.Json;
using FaceEdge.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace FaceEdge.Tests.Web;

public sealed class TrackingTests
{
    [Fact(Timeout = 600_000)]
    public Task Faces_have_numbers_that_stay() => UndisturbedScene.TryAsync([], async service =>
    {
        var passed = 0;
        service.Services.GetRequiredService<CameraSet>().Pipelines[0].Observed += seen => Interlocked.Add(ref passed, seen.NewTracks);

        await RunningService.UntilAsync(async () => Tracks(await service.GetJsonAsync("/api/v1/detections")) is [_, _]);
        var first = Tracks(await service.GetJsonAsync("/api/v1/detections"));
        var sequence = (await service.GetJsonAsync("/api/v1/detections")).GetProperty("sequence").GetInt64();
        await RunningService.UntilAsync(async () =>
            (await service.GetJsonAsync("/api/v1/detections")) is var later
            && later.GetProperty("sequence").GetInt64() > sequence + 15 && Tracks(later) is [_, _]);

        Assert.Equal([1, 2], first);
        Assert.Equal(first, Tracks(await service.GetJsonAsync("/api/v1/detections")));
        Assert.InRange(passed, 0, 2);
    });

    [Fact(Timeout = 600_000)]
    public async Task Without_tracking_faces_have_none()
    {
        await using var service = await RunningService.StartAsync("--Detector:Tracking=false");

        await RunningService.UntilAsync(async () =>
            (await service.GetJsonAsync("/api/v1/detections")) is var detections
            && detections.GetProperty("sequence").GetInt64() > 15 && detections.GetProperty("faces").GetArrayLength() == 2);

        Assert.Empty(Tracks(await service.GetJsonAsync("/api/v1/detections")));
    }

    private static int[] Tracks(JsonElement detections) =>
    [
        .. detections.GetProperty("faces").EnumerateArray().Where(face => face.TryGetProperty("track", out _)).Select(face => face.GetProperty("track").GetInt32()).Order(),
    ];
}
