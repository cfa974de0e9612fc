using System.Net;
using System.Text;
using FaceEdge.Web.Security;

namespace FaceEdge.Tests.Web.Security;

public sealed class AddressLimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Uploads_over_the_rate_are_told_when_to_come_back()
    {
        await using var service = await RunningService.StartAsync("--Http:UploadsPerMinute=1");

        var answer = await LastAsync(() => service.Client.PostAsync("/api/v1/detect", new ByteArrayContent([1]), Cancellation));

        AssertTooMany(answer);
    }

    [Fact(Timeout = 600_000)]
    public async Task Changes_over_the_rate_are_told_when_to_come_back()
    {
        await using var service = await RunningService.StartAsync("--Http:ChangesPerMinute=1");

        var answer = await LastAsync(() => PutAsync(service));

        AssertTooMany(answer);
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_guesses_keys_is_soon_told_nothing_anymore()
    {
        await using var service = await RunningService.StartAsync("--Api:Key=opensesame-1234", "--Http:KeyTriesPerMinute=1");
        var answer = await LastAsync(async () =>
        {
            Assert.NotEqual(HttpStatusCode.OK, (await PutAsync(service, "opensesame-1233")).StatusCode);
            return await PutAsync(service, "opensesame-1234");
        });

        AssertTooMany(answer);
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_knows_the_key_is_not_counted_as_guessing()
    {
        await using var service = await RunningService.StartAsync("--Api:Key=opensesame-1234", "--Http:KeyTriesPerMinute=1");
        service.Client.DefaultRequestHeaders.Add("X-Api-Key", "opensesame-1234");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [(await PutAsync(service)).StatusCode, (await PutAsync(service)).StatusCode, (await PutAsync(service)).StatusCode]);
    }

    [Fact]
    public void However_many_addresses_come_the_state_stays_bounded()
    {
        var random = new Random(1);
        var bytes = new byte[16];

        var places = Enumerable.Range(0, 50_000).Select(_ =>
        {
            random.NextBytes(bytes);
            return AddressLimiter.Place(new IPAddress(bytes));
        }).Distinct().ToArray();

        Assert.InRange(places.Length, 900, 1024);
    }

    [Fact]
    public void All_addresses_of_one_IPv6_host_share_its_allowance()
    {
        var one = AddressLimiter.Place(IPAddress.Parse("2001:db8:1:2::1"));

        Assert.Equal(one, AddressLimiter.Place(IPAddress.Parse("2001:db8:1:2:ffff:1234:5678:9abc")));
        Assert.Contains(Enumerable.Range(3, 20), network => AddressLimiter.Place(IPAddress.Parse($"2001:db8:1:{network}::1")) != one);
    }

    /// <summary>The answer to the fifth of five requests, or to the first that was refused: one a minute comes back meanwhile.</summary>
    private static async Task<HttpResponseMessage> LastAsync(Func<Task<HttpResponseMessage>> ask)
    {
        var answer = await ask();
        for (var count = 1; count < 5 && answer.StatusCode != HttpStatusCode.TooManyRequests; count++)
        {
            answer = await ask();
        }

        return answer;
    }

    private static void AssertTooMany(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private static Task<HttpResponseMessage> PutAsync(RunningService service, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/settings") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return service.Client.SendAsync(request, Cancellation);
    }
}
