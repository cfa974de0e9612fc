using System.Text.Json;
using FaceEdge.Web.Live;

namespace FaceEdge.Fuzz.Targets;

/// <summary>A message on the page's WebSocket, read as text and as the bytes of an acknowledgement.</summary>
internal sealed class PageMessageTarget : FuzzTarget
{
    public override string Name => "page-message";

    public override int MaxLength => 1024;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes("\"watch\"", ":", "[", "]", "{", "}", "\"door\"", ",", "\"\\ud800\"", "null", "1e999", "\\u0000", "\"");

    public override IEnumerable<byte[]> Seeds() => AsBytes("""{"watch":["door","hall"]}""");

    public override void Run(ReadOnlySpan<byte> input)
    {
        var isRead = LiveFrame.TryReadAcknowledgement(input, out var camera, out var sequence);
        Require(!isRead || (camera == input[0] && sequence.HasValue == input.Length > 1), "a camera, and a sequence where one was sent");
        try
        {
            Require((JsonSerializer.Deserialize(input, FaceDetectorJson.Default.WatchRequest)?.Watch?.Count ?? 0) <= input.Length, "no more names than bytes");
        }
        catch (JsonException)
        {
            // Nothing that a page of this service sends; it gets nothing for it.
        }
    }
}
