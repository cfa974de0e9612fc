using System.Globalization;
using System.Text;

namespace FaceEdge.Demo.Painting;

/// <summary>The outlines of the hair styles as SVG path data in head units.</summary>
internal static class HairShapes
{
    private const string ShortFront =
        "M -80,-12 C -88,-56 -88,-150 0,-152 C 88,-150 88,-56 80,-12 C 77,-24 76,-36 70,-54 C 66,-74 52,-92 22,-94 C -10,-96 -40,-94 -58,-76 C -70,-62 -76,-30 -80,-12 Z";

    private const string PartedFront =
        "M -80,-8 C -90,-58 -86,-146 -14,-154 C 70,-162 92,-84 80,-6 C 78,-28 72,-46 60,-62 C 34,-66 -8,-78 -34,-106 C -42,-84 -62,-66 -70,-46 C -76,-32 -78,-20 -80,-8 Z";

    private const string FringeFront =
        "M -80,0 C -92,-58 -86,-150 0,-152 C 86,-150 92,-58 80,0 C 76,-20 72,-36 66,-52 C 50,-58 40,-56 30,-50 C 20,-58 8,-58 -4,-50 C -14,-58 -28,-58 -38,-50 C -48,-58 -58,-56 -66,-50 C -74,-36 -77,-20 -80,0 Z";

    private const string SleekFront =
        "M -79,-4 C -88,-54 -84,-146 0,-148 C 84,-146 88,-54 79,-4 C 76,-34 70,-62 52,-80 C 36,-94 18,-102 2,-104 C -16,-102 -36,-94 -52,-80 C -70,-62 -76,-34 -79,-4 Z";

    private const string RecedingFront =
        "M -80,0 C -86,-30 -86,-66 -72,-92 C -70,-72 -70,-40 -75,-22 Z M 80,0 C 86,-30 86,-66 72,-92 C 70,-72 70,-40 75,-22 Z";

    private const string CurtainFront =
        "M -84,60 C -98,-40 -96,-150 0,-154 C 96,-150 98,-40 84,60 C 82,20 80,-20 66,-48 C 46,-72 22,-88 4,-112 C -14,-86 -44,-74 -64,-48 C -80,-20 -82,20 -84,60 Z";

    private const string BuzzedFront =
        "M -78,-26 C -82,-70 -74,-136 0,-137 C 74,-136 82,-70 78,-26 C 74,-48 70,-66 58,-82 C 40,-96 20,-99 0,-99 C -20,-99 -40,-96 -58,-82 C -70,-66 -74,-48 -78,-26 Z";

    private const string Sides = "M -80,6 C -86,-24 -84,-60 -74,-84 C -72,-54 -73,-26 -76,-12 Z M 80,6 C 86,-24 84,-60 74,-84 C 72,-54 73,-26 76,-12 Z";

    private const string LongSides =
        "M -84,60 C -94,-10 -92,-64 -70,-92 C -66,-70 -74,-10 -74,10 C -76,30 -80,46 -84,60 Z M 84,60 C 94,-10 92,-64 70,-92 C 66,-70 74,-10 74,10 C 76,30 80,46 84,60 Z";

    private const string BobBack =
        "M 0,-154 C -96,-152 -112,-60 -106,20 C -102,64 -98,84 -84,92 C -60,98 60,98 84,92 C 98,84 102,64 106,20 C 112,-60 96,-152 0,-154 Z";

    private const string LongBack =
        "M 0,-154 C -98,-152 -108,-60 -106,20 C -104,90 -118,150 -112,196 C -80,214 80,214 112,196 C 118,150 104,90 106,20 C 108,-60 98,-152 0,-154 Z";

    private const string PonytailBack =
        "M 60,-120 C 120,-116 132,-60 126,0 C 122,50 130,90 112,120 C 100,96 92,60 88,20 C 84,-20 76,-60 60,-80 Z";

    private const string BunBack = "M 0,-200 C 30,-200 46,-182 46,-162 C 46,-140 28,-126 0,-126 C -28,-126 -46,-140 -46,-162 C -46,-182 -30,-200 0,-200 Z";

    private const string BraidsBack =
        "M -78,0 C -104,20 -106,60 -98,84 C -110,104 -108,128 -96,140 C -106,160 -100,182 -88,192 C -76,180 -70,160 -76,140 C -66,126 -66,104 -74,86 C -62,60 -62,30 -66,10 Z M 78,0 C 104,20 106,60 98,84 C 110,104 108,128 96,140 C 106,160 100,182 88,192 C 76,180 70,160 76,140 C 66,126 66,104 74,86 C 62,60 62,30 66,10 Z";

    private const string CrownStrands =
        "M -70,-50 C -66,-100 -30,-134 6,-140 M -56,-66 C -46,-104 -20,-124 14,-130 M 66,-50 C 64,-90 46,-124 20,-138 M -30,-88 C -10,-112 20,-120 44,-108 M 48,-72 C 46,-92 36,-110 20,-120";

    private const string PartedStrands =
        "M -34,-108 C -10,-92 30,-78 62,-66 M -30,-122 C 0,-108 46,-96 70,-60 M -20,-138 C 24,-134 66,-110 76,-50 M -40,-112 C -60,-92 -74,-60 -78,-24 M -44,-128 C -72,-104 -84,-60 -82,-20";

    private const string FallingStrands =
        "M -90,-40 C -96,40 -100,120 -100,190 M -80,20 C -84,90 -92,140 -88,196 M 90,-40 C 96,40 100,120 100,190 M 80,20 C 84,90 92,140 88,196 M -40,110 L -44,200 M 40,110 L 44,200";

    private static readonly string CoilStrands = Coils(90);
    private static readonly string CurlyFront = Curls(86, 30, -56, 19, 3, SleekFront);
    private static readonly string AfroBack = Curls(108, 34, -62, 22, 5, "M -104,-62 A 104,104 0 1 1 104,-62 A 104,104 0 1 1 -104,-62 Z");
    private static readonly string AfroFront = Curls(88, 26, -52, 15, 9, SleekFront);

    public static string? Front(HairStyle style) => style switch
    {
        HairStyle.Bald => null,
        HairStyle.Receding => RecedingFront,
        HairStyle.Buzzed => BuzzedFront,
        HairStyle.Short => ShortFront,
        HairStyle.Parted => PartedFront,
        HairStyle.Fringe or HairStyle.Bob => FringeFront,
        HairStyle.Curly => CurlyFront,
        HairStyle.Afro => AfroFront,
        HairStyle.Long => CurtainFront,
        HairStyle.Bun or HairStyle.Ponytail or HairStyle.Braids => SleekFront,
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };

    /// <summary>What shows below a hat's brim.</summary>
    public static string? UnderHat(HairStyle style) => style switch
    {
        HairStyle.Bald => null,
        HairStyle.Long or HairStyle.Bob => LongSides,
        _ => Sides,
    };

    public static string? Back(HairStyle style) => style switch
    {
        HairStyle.Afro => AfroBack,
        HairStyle.Bob => BobBack,
        HairStyle.Long => LongBack,
        HairStyle.Bun => BunBack,
        HairStyle.Ponytail => PonytailBack,
        HairStyle.Braids => BraidsBack,
        _ => null,
    };

    public static string? FrontStrands(HairStyle style) => style switch
    {
        HairStyle.Parted or HairStyle.Long => PartedStrands,
        HairStyle.Curly or HairStyle.Afro => CoilStrands,
        HairStyle.Short or HairStyle.Fringe or HairStyle.Bob or HairStyle.Bun or HairStyle.Ponytail or HairStyle.Braids => CrownStrands,
        _ => null,
    };

    public static string? BackStrands(HairStyle style) => style switch
    {
        HairStyle.Long or HairStyle.Bob => FallingStrands,
        HairStyle.Afro => CoilStrands,
        _ => null,
    };

    /// <summary>Small hooks strewn over the crown.</summary>
    private static string Coils(int count)
    {
        var random = SeededRandom.For(0, 12);
        var path = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = MathF.SinCos(random.Between(MathF.PI * 0.9f, MathF.PI * 2.1f));
            var distance = 130 * MathF.Sqrt(random.Between(0.2f, 1));
            var (x, y, size) = (distance * cos, -48 + (distance * sin), random.Between(4, 8));
            path.Append(CultureInfo.InvariantCulture, $"M {x - size:F1},{y:F1} A {size:F1},{size:F1} 0 0 1 {x + size:F1},{y:F1} ");
        }

        return path.ToString();
    }

    /// <summary>A shape with a ring of curls along its upper rim.</summary>
    private static string Curls(float radius, int count, float centreY, float curl, int stream, string shape)
    {
        var random = SeededRandom.For(0, stream);
        var path = new StringBuilder(shape);
        for (var i = 0; i < count; i++)
        {
            // From ear over the crown to ear.
            var angle = MathF.PI * (0.94f + (1.12f * i / (count - 1)));
            var distance = radius * random.Between(0.88f, 1.04f);
            var size = curl * random.Between(0.8f, 1.2f);
            var x = distance * MathF.Cos(angle);
            var y = centreY + (distance * MathF.Sin(angle));
            path.Append(CultureInfo.InvariantCulture, $" M {x - size:F1},{y:F1} A {size:F1},{size:F1} 0 1 1 {x + size:F1},{y:F1} A {size:F1},{size:F1} 0 1 1 {x - size:F1},{y:F1} Z");
        }

        return path.ToString();
    }
}
