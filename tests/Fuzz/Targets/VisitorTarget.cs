using System.Text.Json;
using FaceEdge.Configuration;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using FaceEdge.Models;
using FaceEdge.Tests.Detection.Onnx;
using FaceEdge.Tests.Imaging;
using FaceEdge.Web;
using FaceEdge.Web.Live;
using Microsoft.Extensions.Configuration;
using SkiaSharp;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// A visitor's camera over its WebSocket. The input is a series of frames: two bytes of length, of which the top bit ends a message, and
/// that many bytes. Each answer is JSON with a number that grows.
/// </summary>
internal sealed class VisitorTarget : FuzzTarget
{
    private static readonly ImageLimits Limits = new(MaxBytes: 4096, MaxSide: 256, MaxPixels: 64 * 64);

    private readonly DetectorPool _detectors;
    private readonly PortableBackend _imaging = PortableBackend.Create();

    public VisitorTarget()
    {
        var options = ServiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Detector:InputSide", "64"), new("Detector:Threads", "1")]).Build());
        _detectors = new DetectorPool(new LoadedModel(ModelLookup.Found(SquareModel.Fixed(64, 64)), options.Detector), options);
    }

    public override string Name => "visitor-camera";

    public override int MaxLength => 6000;

    public override IReadOnlyList<byte[]> Words { get; } = [[0x80, 0], [0, 0], [0x80, 1, 0xFF], [0xFF, 0xFF], [0x7F, 0xFF], [0xFF, 0xD8, 0xFF], [0xFF, 0xD9]];

    public override IEnumerable<byte[]> Seeds()
    {
        using var scene = Samples.Scene(32, 32);
        var jpeg = Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 40);
        yield return [.. Piece(jpeg, ends: true), .. Piece([1, 2, 3], ends: true), .. Piece(jpeg, ends: true)];
        yield return [.. Piece(jpeg[..100], ends: false), .. Piece(jpeg[100..], ends: true)];
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        using var socket = new ScriptedSocket(input);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        new VisitorCamera(socket, _detectors, _imaging, Limits, TimeSpan.FromMinutes(1), TimeProvider.System, static () => 0.6f).RunAsync(limit.Token).GetAwaiter().GetResult();
        Require(!limit.IsCancellationRequested, "a session that ends with its visitor");
        long before = 0;
        foreach (var answer in socket.Answers)
        {
            using var document = JsonDocument.Parse(answer);
            var number = document.RootElement.GetProperty("number").GetInt64();
            Require(number > before, "answers in the order of the frames");
            before = number;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _detectors.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Piece(byte[] content, bool ends) => [(byte)((content.Length >> 8) | (ends ? 0x80 : 0)), (byte)content.Length, .. content];
}
