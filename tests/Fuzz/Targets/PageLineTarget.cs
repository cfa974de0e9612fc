using System.Buffers.Binary;
using FaceEdge.Web.Live;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// Acknowledgements as a hostile page sends them: each six bytes are the milliseconds that pass, how long ago the frame was sent, its rung and its kilobytes.
/// The page stays on the ladder, and what is told of its line is a number.
/// </summary>
internal sealed class PageLineTarget : FuzzTarget
{
    private const int Step = 6;

    public override string Name => "page-line";

    public override int MaxLength => 600;

    public override IReadOnlyList<byte[]> Words { get; } = [[0, 0, 0, 0, 4, 64], [0, 66, 0, 30, 4, 64], [0xFF, 0xFF, 0xFF, 0xFF, 9, 0], [3, 232, 3, 232, 4, 255], [0, 0, 0, 0, 0, 0]];

    public override IEnumerable<byte[]> Seeds()
    {
        yield return [.. Enumerable.Repeat<byte[]>([0, 66, 0, 30, 4, 64], 40).SelectMany(step => step)];
        yield return [.. Enumerable.Repeat<byte[]>([1, 0, 2, 0, 4, 200], 40).SelectMany(step => step)];
        yield return new byte[120];
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var clock = new SetClock(DateTimeOffset.UnixEpoch) { Elapsed = TimeSpan.FromHours(1) };
        var line = new PageLine(clock);
        double[] offered = [15, 0, 240];
        for (; input.Length >= Step; input = input[Step..])
        {
            clock.Elapsed += TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16BigEndian(input));
            var sent = clock.Elapsed - TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16BigEndian(input[2..]));
            var before = line.State;

            var moved = line.Measure(new SentFrame(1, sent.Ticks, sent.Ticks, input[5] * 1024, input[4] % Rung.Ladder.Length), offered);

            Require(moved == (line.State.Rung != before.Rung), "a page that is told when it moves");
            Require(line.State.Rung >= 0 && line.State.Rung < Rung.Ladder.Length, "a page that stays on the ladder");
            Require(double.IsFinite(line.State.BitsPerSecond) && line.State.BitsPerSecond >= 0, "a line whose rate is a number");
        }
    }
}
