using CsCheck;
using FaceEdge.Evaluation;

namespace FaceEdge.Tests.Evaluation;

public sealed class PrecisionRecallTests
{
    /// <summary>
    /// The worked example of Padilla, Netto, da Silva, "A Survey on Performance Metrics for Object-Detection Algorithms", IWSSIP 2020:
    /// 24 detections of 15 objects, average precision over all points 24.57%. Detections of equal score differ here by a thousandth, to
    /// hold the published order.
    /// </summary>
    [Fact]
    public void Average_precision_of_the_published_example()
    {
        List<Judgement> judgements =
        [
            new(.95f, true), new(.949f, false), new(.91f, true), new(.88f, false), new(.84f, false), new(.80f, false),
            new(.78f, false), new(.74f, false), new(.71f, false), new(.70f, true), new(.67f, false), new(.62f, true),
            new(.54f, true), new(.48f, true), new(.45f, false), new(.449f, false), new(.44f, false), new(.439f, false),
            new(.43f, false), new(.38f, false), new(.35f, false), new(.23f, false), new(.18f, true), new(.14f, false),
        ];

        Assert.Equal(0.2457, new PrecisionRecall(judgements, 15).AveragePrecision(), 1e-4);
    }

    [Fact]
    public void Average_precision_by_hand()
    {
        // Right, wrong, right of 4 faces: precision 1, 1/2, 2/3 at recall 1/4, 1/4, 1/2; the area is 1/4 + 2/3 × 1/4.
        var curve = new PrecisionRecall([new(.9f, true), new(.8f, false), new(.7f, true)], 4);

        Assert.Equal(0.25 + (2.0 / 3 * 0.25), curve.AveragePrecision(), 1e-12);
        Assert.Equal(0.25, curve.RecallAt(0.95));
        Assert.Equal(0.5, curve.RecallAt(0.6));
    }

    [Fact]
    public void Nothing_found_and_nothing_to_find_are_both_zero()
    {
        Assert.Equal(0, new PrecisionRecall([], 3).AveragePrecision());
        Assert.Equal(0, new PrecisionRecall([new(.9f, false)], 0).AveragePrecision());
        Assert.Equal(0, new PrecisionRecall([new(.9f, false)], 3).RecallAt(0.95));
    }

    [Fact]
    public void All_found_before_anything_wrong_is_one()
        => Assert.Equal(1, new PrecisionRecall([new(.9f, true), new(.8f, true), new(.1f, false)], 2).AveragePrecision());

    [Fact]
    public void It_agrees_with_the_definition_summed_over_every_recall_level()
        => Gen.Select(Gen.Bool.Array[1, 30], Gen.Int[0, 5]).Sample((ranked, missed) =>
        {
            var faces = ranked.Count(isCorrect => isCorrect) + missed;
            var expected = 0.0;
            for (var level = 1; level <= faces; level++)
            {
                // The best precision among all prefixes that find at least this many faces.
                expected += Enumerable.Range(1, ranked.Length)
                    .Where(n => ranked.Take(n).Count(isCorrect => isCorrect) >= level)
                    .Select(n => (double)ranked.Take(n).Count(isCorrect => isCorrect) / n)
                    .DefaultIfEmpty(0)
                    .Max() / faces;
            }

            var judgements = ranked.Select((isCorrect, rank) => new Judgement(1f / (rank + 1), isCorrect)).Reverse().ToList();
            Assert.Equal(expected, new PrecisionRecall(judgements, faces).AveragePrecision(), 1e-9);
        });
}
