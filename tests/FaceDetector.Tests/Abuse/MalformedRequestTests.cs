using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FaceEdge.Tests.Abuse;

[Collection(nameof(OneAbusedService))]
public sealed class MalformedRequestTests
{
    /// <summary>A whole answer, or its beginning where the answer has no end (streams, events).</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Without an answer for so long, the request may be half of one: it is told that no more comes. Not earlier, because the service answers nobody who has
    /// hung up.
    /// </summary>
    private static readonly TimeSpan HalfTime = TimeSpan.FromSeconds(1);

    private readonly ServiceProcess _service;

    public MalformedRequestTests(ServiceProcess service) => _service = service;

    private static int Requests => ServiceProcess.IsLong ? 10_000 : 400;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 1_800_000)]
    public async Task Requests_made_from_the_API_s_own_description_get_an_answer_that_is_no_fault_of_the_service()
    {
        var document = JsonDocument.Parse(await _service.Client.GetStringAsync("/openapi/v1.json", Cancellation));
        var generator = new RequestGenerator(document.RootElement, seed: 1);
        Assert.InRange(generator.Paths, 10, 100);
        var requests = Enumerable.Range(0, Requests).Select(_ => generator.Next()).ToArray();
        var answers = new ConcurrentDictionary<string, int>();
        var faults = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancellation }, async (request, _) =>
        {
            var status = await AskAsync(request.Bytes);
            answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (!IsAllowed(status, request.Line))
            {
                faults.Enqueue($"{status} for {request.Line}");
            }
        });

        Assert.Empty(faults);
        _service.Report($"{Requests} malformed requests: {string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key} {answer.Value.ToString(CultureInfo.InvariantCulture)}"))}");
        await _service.AssertUnharmedAsync();
    }

    /// <summary>
    /// 503: no frame in time, too many viewers. 505: the request's HTTP version is none, or a space in its path makes it so. A closed connection
    /// is an answer to what is no HTTP.
    /// </summary>
    private static bool IsAllowed(string status, string line) =>
        status is "closed" || status[0] is '2' or '3' or '4' || status == "503" || (status == "505" && line.Split(' ') is not [_, _, "HTTP/1.1"]);

    private async Task<string> AskAsync(byte[] request)
    {
        using var client = await _service.ConnectAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(AnswerTime);
        var answer = new byte[64];

        // Once it has ended its side, a client that the service has closed counts as not connected and gives no stream.
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, limit.Token);
            var reading = stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, limit.Token).AsTask();
            if (await Task.WhenAny(reading, Task.Delay(HalfTime, limit.Token)) != reading)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            var count = await reading;
            return count < 12 ? "closed" : Encoding.ASCII.GetString(answer, 9, 3);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return "closed";
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return "hang";
        }
    }
}
