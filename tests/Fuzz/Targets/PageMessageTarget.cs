using System.Text.Json;
using FaceEdge.Web.Api;

namespace FaceEdge.Fuzz.Targets;

/// <summary>A text message on the page's WebSocket.</summary>
internal sealed class PageMessageTarget : FuzzTarget
{
    public override string Name => "page-message";

    public override int MaxLength => 1024;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes("\"watch\"", ":", "[", "]", "{", "}", "\"door\"", ",", "\"\\ud800\"", "null", "1e999", "\\u0000", "\"");

    public override IEnumerable<byte[]> Seeds() => AsBytes("""{"watch":["door","hall"]}""", """{"watch":[],"watch":[1,null,{}]}""", "[]");

    public override void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            Require((JsonSerializer.Deserialize(input, WebJson.Default.WatchRequest)?.Watch?.Count ?? 0) <= input.Length, "no more names than bytes");
        }
        catch (JsonException)
        {
            // Nothing that a page of this service sends; it gets nothing for it.
        }
    }
}
