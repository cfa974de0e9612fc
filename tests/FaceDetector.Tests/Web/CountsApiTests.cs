using System.Net;
using System.Text.Json;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Web;

public sealed class CountsApiTests
{
    private const int People = 4;
    private const string Crowd = "--Cameras:door:Url=demo:?size=640x360&fps=15&faces=4&seed=3";
    private const string Zone = "--Counts:TimeZone=Europe/Berlin";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public Task As_many_people_pass_as_the_scene_is_known_to_hold() => UndisturbedScene.TryAsync([Crowd, Zone], async service =>
    {
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_frames_detected_total") >= 60);
        var counts = await service.GetJsonAsync("/api/v1/counts?step=day");

        Assert.Equal(("Europe/Berlin", "day"), (counts.GetProperty("timeZone").GetString(), counts.GetProperty("step").GetString()));
        Assert.Equal(People, Days(counts).Sum(day => day.GetProperty("passed").GetInt32()));
        Assert.Equal(People, Days(counts).Max(day => day.GetProperty("mostInView").GetInt32()));
        Assert.Equal(People, await service.MetricAsync("faceedge_people_passed_total"));
    });

    [Fact(Timeout = 600_000)]
    public async Task Counts_are_there_after_the_next_start()
    {
        using var folder = new TemporaryFolder();
        string[] settings = [Crowd, Zone, "--Counts:Path=" + folder.Path];
        await using (var service = await RunningService.StartAsync(settings))
        {
            await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_people_passed_total") >= People);
        }

        await using var again = await RunningService.StartAsync(["--Cameras:door:Url=demo:?size=640x360&fps=5&faces=0", .. settings[1..]]);
        await RunningService.UntilAsync(async () =>
            Days(await again.GetJsonAsync("/api/v1/counts?step=day&camera=DOOR")).Sum(day => day.GetProperty("passed").GetInt32()) >= People);
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_asks_for_CSV_gets_a_line_for_each_step_in_the_time_of_the_site()
    {
        await using var service = await RunningService.StartAsync("--Counts:TimeZone=Europe/Berlin");
        service.Client.DefaultRequestHeaders.Accept.ParseAdd("text/csv");

        using var answer = await service.Client.GetAsync("/api/v1/counts?from=2026-10-25&to=2026-10-26", Cancellation);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("camera,from,to,passed,most_in_view,mean_in_view,watched_seconds", lines[0]);
        Assert.Equal("camera,2026-10-25T02:00:00+02:00,2026-10-25T02:00:00+01:00,0,0,,0", lines[3]);
        Assert.Equal("camera,2026-10-25T02:00:00+01:00,2026-10-25T03:00:00+01:00,0,0,,0", lines[4]);
        Assert.Equal(1 + 25 + 1, lines.Length);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("camera=roof", HttpStatusCode.NotFound)]
    [InlineData("step=week", HttpStatusCode.BadRequest)]
    [InlineData("step=1", HttpStatusCode.BadRequest)]
    [InlineData("from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("from=2026-11-27&to=2026-11-26", HttpStatusCode.BadRequest)]
    [InlineData("from=2000-01-01&step=minute", HttpStatusCode.BadRequest)]
    [InlineData("from=0001-01-01", HttpStatusCode.BadRequest)]
    [InlineData("to=9999-12-31", HttpStatusCode.BadRequest)]
    public async Task What_is_not_to_be_had_is_told(string query, HttpStatusCode status)
    {
        await using var service = await RunningService.StartAsync();

        using var answer = await service.Client.GetAsync("/api/v1/counts?" + query, Cancellation);

        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>The steps of the first camera: two where midnight comes in between.</summary>
    private static JsonElement[] Days(JsonElement counts) => [.. counts.GetProperty("cameras")[0].GetProperty("counts").EnumerateArray()];
}
