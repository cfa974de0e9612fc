using System.Net;
using System.Net.WebSockets;

namespace FaceEdge.Tests.Abuse;

[Collection(nameof(OneAbusedService))]
public sealed class HostilePictureTests
{
    private static readonly HttpStatusCode[] Allowed =
    [
        HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.TooManyRequests,
        HttpStatusCode.RequestTimeout,
    ];

    /// <summary>Bytes that a server takes in any case before it answers.</summary>
    private const int WholeBeforeAnswer = 1_000_000;

    private readonly ServiceProcess _service;

    public HostilePictureTests(ServiceProcess service) => _service = service;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task No_picture_does_harm_one_by_one_or_all_at_once()
    {
        var pictures = HostilePictures.All().ToArray();
        foreach (var (name, content) in pictures)
        {
            await PostAsync(name, content);
        }

        for (var round = 0; round < (ServiceProcess.IsLong ? 20 : 1); round++)
        {
            await Task.WhenAll(pictures.Select(picture => PostAsync(picture.Name, picture.Content)));
        }

        _service.Report($"{pictures.Length} hostile pictures");
        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Eight_of_the_largest_pictures_at_once_stay_within_the_memory_of_a_site()
    {
        var (name, largest) = HostilePictures.All().Single(picture => picture.Name.Contains("25 million", StringComparison.Ordinal));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(name, largest)));

        Assert.Contains(HttpStatusCode.OK, answers);
        _service.Report("8 pictures of 25 million pixels at once");
        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_visitor_s_camera_answers_each_of_them()
    {
        using var socket = await _service.OpenSocketAsync("/api/v1/camera");
        var buffer = new byte[64 * 1024];
        foreach (var (_, content) in HostilePictures.All().Where(picture => picture.Content.Length is > 0 and < 4_000_000))
        {
            await socket.SendAsync(content, WebSocketMessageType.Binary, true, Cancellation);
            var answer = await socket.ReceiveAsync(buffer, Cancellation);
            Assert.Equal(WebSocketMessageType.Text, answer.MessageType);
        }

        await _service.AssertUnharmedAsync();
    }

    private async Task<HttpStatusCode> PostAsync(string name, byte[] content)
    {
        try
        {
            using var answer = await _service.Client.PostAsync("/api/v1/detect", new ByteArrayContent(content), Cancellation);
            Assert.True(Allowed.Contains(answer.StatusCode), $"{name}: {answer.StatusCode}");
            return answer.StatusCode;
        }
        catch (HttpRequestException) when (content.Length > WholeBeforeAnswer)
        {
            // Refused before it had arrived, which ends the connection under the sender's hands.
            return HttpStatusCode.TooManyRequests;
        }
    }
}
