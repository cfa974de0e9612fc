using System.Text;
using System.Text.Json;
using CsCheck;
using FaceEdge.Deploy.Prometheus;

namespace FaceEdge.Deploy.Tests.Prometheus;

public sealed class PrometheusClientTests
{
    private const string Vector =
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"site":"berlin-01","environment":"production"},"value":[1700000000.5,"0.25"]},{"metric":{},"value":[1700000000,"NaN"]}]}}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500);

    /// <summary>What an answer is spoilt with.</summary>
    private static readonly string[] Pieces = ["", "\"", "[", "{}", "null", "1e999", "\\ud800", "\"\\ud800\"", "-1"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vector_is_read_with_its_labels()
    {
        await using var front = PrometheusFront.Answering(200, Vector);

        var samples = await QueryAsync(front);

        Assert.Equal(("berlin-01", 0.25), (samples[0]["site"], samples[0].Value));
        Assert.Equal(("", double.NaN), (samples[1]["site"], samples[1].Value));
        Assert.Equal("query=up&time=1700000000.500&timeout=120s", front.Form);
    }

    [Fact]
    public async Task A_scalar_is_a_sample_without_labels()
    {
        await using var front = PrometheusFront.Answering(200, """{"status":"success","data":{"resultType":"scalar","result":[1700000000,"+Inf"]}}""");

        var sample = Assert.Single(await QueryAsync(front));

        Assert.Equal((0, double.PositiveInfinity), (sample.Labels.Count, sample.Value));
    }

    [Fact]
    public async Task A_range_is_read_with_its_points()
    {
        await using var front = PrometheusFront.Answering(
            200, """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"site":"a"},"values":[[1700000000,"1"],[1700000060,"2"]]}]}}""");
        using var client = Client(front.Url);

        var series = Assert.Single(await client.QueryRangeAsync("up", Now.AddMinutes(-1), Now, TimeSpan.FromMinutes(1), Cancellation));

        Assert.Equal([1.0, 2.0], series.Points.Select(point => point.Value));
        Assert.Equal(TimeSpan.FromMinutes(1), series.Points[1].At - series.Points[0].At);
        Assert.Contains("start=1699999940.500&end=1700000000.500&step=60", front.Form);
    }

    [Theory]
    [InlineData("glc_abc", "Bearer glc_abc")]
    [InlineData("123456:secret", "Basic MTIzNDU2OnNlY3JldA==")]
    public async Task A_token_is_sent_as_a_bearer_or_as_basic_authentication(string token, string expected)
    {
        await using var front = PrometheusFront.Answering(200, Vector);

        await QueryAsync(front, token);

        Assert.Equal(expected, front.Authorization);
    }

    [Theory]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"parse error: unexpected end of input"}""", false, "does not take the query: parse error: unexpected end of input")]
    [InlineData(422, """{"status":"error","errorType":"execution","error":"many-to-many matching not allowed"}""", false, "does not take the query: many-to-many matching not allowed")]
    [InlineData(503, """{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}""", true, "cannot answer: query timed out in expression evaluation")]
    [InlineData(401, "no", true, "does not let this login in (401)")]
    [InlineData(302, "", true, "does not let this login in (302)")]
    [InlineData(502, "<html>Bad gateway</html>", true, "answers 502, and not with JSON")]
    [InlineData(404, "{}", true, "answers 404")]
    [InlineData(200, "{}", true, "answers with something else than was asked for")]
    [InlineData(200, """{"status":"success","data":{"resultType":"matrix","result":[]}}""", true, "answers with something else than was asked for")]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[]},"warnings":["store 10.0.0.7 is away"]}""", true, "cannot answer: the answer is not whole: store 10.0.0.7 is away")]
    public async Task What_is_no_whole_answer_is_reported_in_the_words_of_who_said_it(int status, string body, bool isUnavailable, string said)
    {
        await using var front = PrometheusFront.Answering(status, body);

        var exception = await Assert.ThrowsAsync<PrometheusException>(() => QueryAsync(front));

        Assert.Equal(isUnavailable, exception.IsUnavailable);
        Assert.Equal($"{front.Url} {said}", exception.Message);
    }

    [Fact]
    public async Task A_remark_on_the_query_leaves_the_answer_whole()
    {
        await using var front = PrometheusFront.Answering(200, Vector[..^1] + ""","warnings":["PromQL warning: bucket label"]}""");

        Assert.Equal(2, (await QueryAsync(front)).Count);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_waited_for_no_longer_than_was_said()
    {
        await using var front = PrometheusFront.Stalling();
        using var client = new PrometheusClient(PrometheusServer.Create(front.Url, null), TimeProvider.System, TimeSpan.FromMilliseconds(200));

        var exception = await Assert.ThrowsAsync<PrometheusException>(() => client.QueryAsync("up", Now, Cancellation));

        Assert.True(exception.IsUnavailable);
        Assert.Equal($"{front.Url} is away: no answer within 0.2 s", exception.Message);
    }

    [Theory]
    [InlineData("https://ada:secret@prometheus.example.com", null, "the address of the Prometheus at prometheus.example.com holds more than a host and a path")]
    [InlineData("prometheus.example.com", null, "'prometheus.example.com' is no http address of a Prometheus")]
    [InlineData("http://prometheus.example.com", "t", "the token would travel to prometheus.example.com in the clear")]
    [InlineData("https://prometheus.example.com", "two words", "the token for Prometheus is empty, or holds blanks or line breaks")]
    public void An_address_or_token_that_must_not_be_used_is_refused(string address, string? token, string said)
    {
        var exception = Assert.Throws<PrometheusException>(() => PrometheusServer.Create(address, token));

        Assert.Equal((said, false), (exception.Message, exception.IsUnavailable));
    }

    [Fact]
    public void A_path_before_the_api_is_kept() =>
        Assert.Equal("https://mimir.example.com/prometheus/", PrometheusServer.Create("https://mimir.example.com/prometheus", null).Address.ToString());

    /// <summary>Answers with bytes changed, cut out and repeated: read, or refused; nothing else.</summary>
    [Fact]
    public void Whatever_an_answer_holds_it_is_read_or_it_is_none() =>
        Gen.Select(Gen.Int[0, Vector.Length - 1], Gen.Int[0, 40], Gen.Int[0, Pieces.Length - 1]).Array[1, 4].Sample(edits =>
        {
            var text = Vector;
            foreach (var (at, length, piece) in edits)
            {
                var start = Math.Min(at, text.Length);
                text = text[..start] + Pieces[piece] + text[Math.Min(start + length, text.Length)..];
            }

            try
            {
                using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
                PrometheusResponse.ReadFault(document.RootElement);
                PrometheusResponse.ReadSamples(document.RootElement);
                PrometheusResponse.ReadSeries(document.RootElement);
            }
            catch (JsonException)
            {
                // Not JSON: the client says so.
            }
        });

    private static async Task<IReadOnlyList<Sample>> QueryAsync(PrometheusFront front, string? token = null)
    {
        using var client = Client(front.Url, token);
        return await client.QueryAsync("up", Now, Cancellation);
    }

    private static PrometheusClient Client(string url, string? token = null) => new(PrometheusServer.Create(url, token), TimeProvider.System, TimeSpan.FromMinutes(2));
}
