using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Models;

namespace FaceEdge.Tests.Detection;

public sealed class YuNetDecoderTests
{
    private static readonly Gen<float> Scores = Gen.Frequency((20, Gen.Float[0, 1]), (1, Gen.Const(float.NaN)), (1, Gen.Const(0f)), (1, Gen.Const(1f)));

    [Fact]
    public void The_cells_found_are_those_whose_score_reaches_the_threshold()
        => Gen.Select(Gen.Select(Scores, Scores).Array[0, 70], Gen.Float[0, 1]).Sample((scores, threshold) =>
        {
            var grid = Grid(8, 1, [.. scores.Select(s => s.Item1)], [.. scores.Select(s => s.Item2)]);
            var cells = new int[scores.Length];

            var found = YuNetDecoder.FindCells(grid, threshold, cells);

            var expected = Enumerable.Range(0, scores.Length).Where(i => scores[i].Item1 * scores[i].Item2 >= threshold * threshold);
            Assert.Equal(expected, cells[..found]);
        });

    [Fact]
    public void A_cell_decodes_as_the_layout_says()
    {
        // The second row, third column of a grid of stride 16, written out by hand from the layout's formulas.
        float[] boxes = new float[6 * 4];
        float[] landmarks = new float[6 * 10];
        new[] { 0.5f, 0.25f, MathF.Log(2), MathF.Log(3) }.CopyTo(boxes, 5 * 4);
        new[] { 0f, 0, 1, 0, 0.5f, 0.5f, 0, 1, 1, 1 }.CopyTo(landmarks, 5 * 10);
        var grid = new YuNetGrid(16, 3, new float[] { 0, 0, 0, 0, 0, 0.81f }, new float[] { 0, 0, 0, 0, 0, 1f }, boxes, landmarks);

        var face = YuNetDecoder.Decode(grid, 5, new Letterbox(48, 32, 2, 4));

        // Centre (2.5, 1.25) × 16 = (40, 20), size (2, 3) × 16 = (32, 48); then 2 and 4 frame pixels per input pixel.
        Assert.Equal(48, face.Box.X, 1e-3f);
        Assert.Equal(-16, face.Box.Y, 1e-3f);
        Assert.Equal(64, face.Box.Width, 1e-3f);
        Assert.Equal(192, face.Box.Height, 1e-3f);
        Assert.Equal(0.9f, face.Score, 1e-6f);
        Assert.Equal(new(64, 64), face.Landmarks[Landmarks.RightEye]);
        Assert.Equal(new(96, 64), face.Landmarks[Landmarks.LeftEye]);
        Assert.Equal(new(80, 96), face.Landmarks[Landmarks.NoseTip]);
        Assert.Equal(new(96, 128), face.Landmarks[Landmarks.LeftMouthCorner]);
    }

    [Fact]
    public void Candidates_come_strongest_first_and_of_equals_the_first_cell_first()
        => Gen.Select(Gen.OneOf(0f, .25f, .5f, .75f, 1f).Array[16], Gen.OneOf(0f, .25f, .5f, .75f, 1f).Array[4]).Sample((fine, coarse) =>
        {
            var queue = new CandidateQueue(new InputShape(32, 32));
            queue.Add(Grid(8, 4, fine, Ones(16)), 0, 0.6f);
            queue.Add(Grid(16, 2, coarse, Ones(4)), 1, 0.6f);

            var order = Enumerable.Range(0, queue.Sort()).Select(queue.Strongest);

            var expected = fine.Select((score, cell) => (score, grid: 0, cell)).Concat(coarse.Select((score, cell) => (score, grid: 1, cell)))
                .Where(c => c.score >= 0.6f * 0.6f).OrderByDescending(c => c.score).ThenBy(c => c.grid).ThenBy(c => c.cell)
                .Select(c => (c.grid, c.cell));
            Assert.Equal(expected, order);
        });

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static YuNetGrid Grid(int stride, int columns, float[] classScores, float[] objectScores)
        => new(stride, columns, classScores, objectScores, new float[classScores.Length * 4], new float[classScores.Length * 10]);
}
