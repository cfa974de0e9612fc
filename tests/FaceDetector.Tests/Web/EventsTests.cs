using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace FaceEdge.Tests.Web;

public sealed class EventsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_listener_is_told_everything_at_first_and_then_what_changes()
    {
        await using var service = await RunningService.StartAsync();
        using var answer = await service.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        var events = SseParser.Create(body).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.Equal("face", JsonDocument.Parse(await NextAsync(events, "settings")).RootElement.GetProperty("mode").GetString());
        Assert.Equal("camera", JsonDocument.Parse(await NextAsync(events, "cameras")).RootElement[0].GetProperty("name").GetString());

        await service.Client.PutAsync("/api/v1/settings", new StringContent("""{"mode":"eyes"}""", Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal("eyes", JsonDocument.Parse(await NextAsync(events, "settings")).RootElement.GetProperty("mode").GetString());
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<SseItem<string>> events, string type)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current.EventType == type)
            {
                return events.Current.Data;
            }
        }

        throw new InvalidOperationException($"The stream ended before an event of type {type}.");
    }
}
