using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace FaceEdge.Tests.Web;

public sealed class SettingsApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_change_holds_until_null_takes_it_back()
    {
        await using var service = await RunningService.StartAsync("--Page:Title=Lobby", "--Page:Background=#112233");

        var changed = await PutAsync(service, """{"mode":"eyes","title":"Yard","background":"pink","threshold":0.7}""");
        var reset = await PutAsync(service, """{"title":null,"background":null}""");

        Assert.Equal("""{"mode":"eyes","threshold":0.7,"title":"Yard","background":"#ffc0cb","text":"#000000","privacy":"none"}""", await TextAsync(changed));
        Assert.Equal("""{"mode":"eyes","threshold":0.7,"title":"Lobby","background":"#112233","text":"#ffffff","privacy":"none"}""", await TextAsync(reset));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("""{"mode":"mouths"}""", "mode")]
    [InlineData("""{"threshold":"high"}""", "threshold")]
    [InlineData("""{"threshold":1e999}""", "threshold")]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{"title":"a\nb"}""", "title")]
    [InlineData("""{"background":"red;}"}""", "background")]
    [InlineData("""{"colour":"red"}""", "colour")]
    [InlineData("""[1]""", "$")]
    [InlineData("""{"mode":{"a":1}}""", "mode")]
    public async Task A_fault_changes_nothing_and_names_the_key(string body, string key)
    {
        await using var service = await RunningService.StartAsync();
        var before = await service.GetJsonAsync("/api/v1/settings");

        var answer = await PutAsync(service, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal([key], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal(before.ToString(), (await service.GetJsonAsync("/api/v1/settings")).ToString());
    }

    [Fact(Timeout = 600_000)]
    public async Task One_good_setting_beside_a_bad_one_is_not_taken()
    {
        await using var service = await RunningService.StartAsync();

        await PutAsync(service, """{"mode":"eyes","title":""}""");

        Assert.Equal("face", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("mode").GetString());
    }

    [Theory(Timeout = 600_000)]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{"title":"\ud800"}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{"\udfff":1}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_no_JSON_is_a_problem_of_the_sender(string body, string type, HttpStatusCode expected)
    {
        await using var service = await RunningService.StartAsync();

        var answer = await service.Client.PutAsync("/api/v1/settings", new StringContent(body, Encoding.UTF8, type), Cancellation);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_body_beyond_all_measure_is_refused()
    {
        await using var service = await RunningService.StartAsync();

        var answer = await PutAsync(service, $$"""{"title":"{{new string('x', 100_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory(Timeout = 600_000)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong-key-wrong-key", HttpStatusCode.Unauthorized)]
    [InlineData("opensesame-1234", HttpStatusCode.OK)]
    public async Task With_a_key_set_only_who_knows_it_changes_anything(string? key, HttpStatusCode expected)
    {
        await using var service = await RunningService.StartAsync("--Api:Key=opensesame-1234");
        if (key is not null)
        {
            service.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        var answer = await PutAsync(service, """{"mode":"eyes"}""");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("Host", "camera.local")]
    [InlineData("X-Forwarded-For", "10.0.0.9")]
    [InlineData("Forwarded", "for=10.0.0.9")]
    public async Task Without_a_key_a_request_that_may_come_from_elsewhere_changes_nothing(string header, string value)
    {
        await using var service = await RunningService.StartAsync();
        service.Client.DefaultRequestHeaders.Add(header, value);

        var answer = await PutAsync(service, """{"mode":"eyes"}""");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Api__Key", await TextAsync(answer), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PutAsync(RunningService service, string body) =>
        service.Client.PutAsync("/api/v1/settings", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);
}
