using SkiaSharp;

namespace FaceEdge.Demo;

/// <summary>Draws the people of a scene, so that any few of them already differ in tone, age, hair and what they wear.</summary>
internal static class Casting
{
    private static readonly SKColor[] NaturalHair =
    [
        new(0x1E, 0x17, 0x16), new(0x2E, 0x20, 0x1A), new(0x45, 0x2C, 0x1E), new(0x6A, 0x45, 0x2A),
        new(0x93, 0x63, 0x36), new(0xC4, 0x96, 0x58), new(0x9A, 0x47, 0x24), new(0xDE, 0xBC, 0x80),
    ];

    private static readonly SKColor[] GreyHair = [new(0xD8, 0xD4, 0xCE), new(0xB4, 0xB0, 0xAC), new(0x8C, 0x88, 0x86)];

    private static readonly SKColor[] Cloth =
    [
        new(0xC8, 0x5A, 0x4A), new(0xE0, 0x9A, 0x4A), new(0x3F, 0x6C, 0x8E), new(0x5E, 0x8E, 0x86), new(0x8A, 0x5E, 0x86), new(0xE8, 0xDC, 0xC4),
        new(0x38, 0x4A, 0x66), new(0x9C, 0x4A, 0x5E), new(0xD8, 0xB0, 0x52), new(0x6E, 0x7E, 0x50), new(0x4A, 0x86, 0xA8), new(0xD4, 0x86, 0x86),
    ];

    private static readonly SKColor[] Irises =
        [new(0x4A, 0x2E, 0x1C), new(0x5E, 0x3C, 0x22), new(0x7A, 0x56, 0x2C), new(0x5C, 0x70, 0x44), new(0x4E, 0x72, 0x92), new(0x6A, 0x7C, 0x86)];

    private static readonly HairStyle[] AnyHair = Enum.GetValues<HairStyle>();
    private static readonly HairStyle[] ChildHair = [HairStyle.Short, HairStyle.Fringe, HairStyle.Curly, HairStyle.Bob, HairStyle.Braids, HairStyle.Ponytail, HairStyle.Bun, HairStyle.Afro];
    private static readonly HairStyle[] BeardedHair = [HairStyle.Bald, HairStyle.Receding, HairStyle.Buzzed, HairStyle.Short, HairStyle.Parted, HairStyle.Curly, HairStyle.Afro, HairStyle.Bun];
    private static readonly Headwear[] Hats = [Headwear.Beanie, Headwear.Cap, Headwear.SunHat, Headwear.Headscarf, Headwear.Turban];
    private static readonly Beard[] Beards = [Beard.Stubble, Beard.Moustache, Beard.Goatee, Beard.Full];

    /// <summary>Casts <paramref name="count"/> people; tones go round the whole scale before one comes again.</summary>
    /// <param name="seed">The same seed casts the same people.</param>
    /// <param name="count">How many.</param>
    /// <param name="covered">Whether some may hide their eyes behind sunglasses, or mouth and nose behind a mask.</param>
    public static FaceTraits[] Cast(int seed, int count, bool covered)
    {
        var deck = SeededRandom.For(seed, -1);
        Span<int> tones = stackalloc int[MonkTone.Count];
        Span<int> parts = stackalloc int[MonkTone.Count];
        for (var i = 0; i < MonkTone.Count; i++)
        {
            tones[i] = i + 1;
            parts[i] = i;
        }

        deck.Shuffle(tones);
        deck.Shuffle(parts);
        var cast = new FaceTraits[count];
        for (var i = 0; i < count; i++)
        {
            var random = SeededRandom.For(seed, i);
            cast[i] = Draw(ref random, tones[i % tones.Length], parts[i % parts.Length], covered);
        }

        return cast;
    }

    /// <param name="random">This person's numbers.</param>
    /// <param name="tone">Monk scale.</param>
    /// <param name="part">0 to 9: which kind of person, so that hats, beards and ages are spread over the cast.</param>
    /// <param name="covered">Whether some may hide their eyes behind sunglasses, or mouth and nose behind a mask.</param>
    private static FaceTraits Draw(ref SeededRandom random, int tone, int part, bool covered)
    {
        var age = part switch { 0 => AgeGroup.Child, 1 or 2 => AgeGroup.Elder, _ => AgeGroup.Adult };
        var beard = part is 2 or 3 or 4 ? random.Pick<Beard>(Beards) : Beard.None;
        var headwear = part is 4 or 5 or 6 ? random.Pick<Headwear>(Hats) : Headwear.None;
        if (headwear == Headwear.Turban && beard == Beard.None && random.Chance(0.5f))
        {
            beard = Beard.Full;
        }
        else if (headwear is Headwear.Headscarf or Headwear.SunHat)
        {
            beard = Beard.None;
        }

        var hair = age == AgeGroup.Child ? random.Pick<HairStyle>(ChildHair)
            : beard != Beard.None ? random.Pick<HairStyle>(BeardedHair)
            : random.Pick<HairStyle>(AnyHair);
        var eyewear = part is 1 or 7 || random.Chance(0.1f) ? (random.Chance(0.5f) ? Eyewear.Round : Eyewear.Square) : Eyewear.None;
        if (covered && random.Chance(0.08f))
        {
            eyewear = Eyewear.Sunglasses;
        }

        // Fair hair and light eyes grow rarer as the tone deepens.
        var hairChoices = tone <= 4 ? NaturalHair.Length : tone <= 6 ? 4 : 2;
        var eyeChoices = tone <= 4 ? Irises.Length : tone <= 6 ? 3 : 2;
        var child = age == AgeGroup.Child;
        var garment = random.Below(Cloth.Length);
        return new FaceTraits
        {
            Tone = tone,
            Age = age,
            Hair = hair,
            HairColor = age == AgeGroup.Elder ? random.Pick<SKColor>(GreyHair) : NaturalHair[random.Below(hairChoices)],
            Headwear = headwear,
            HeadwearColor = Cloth[(garment + 1 + random.Below(Cloth.Length - 1)) % Cloth.Length],
            Eyewear = eyewear,
            Beard = beard,
            Garment = headwear == Headwear.Headscarf ? Garment.CrewNeck : (Garment)random.Below(5),
            GarmentColor = Cloth[garment],
            EyeColor = Irises[random.Below(eyeChoices)],
            Earrings = beard == Beard.None && !child && random.Chance(0.35f),
            HeadWidth = child ? random.Between(1.0f, 1.06f) : random.Between(0.94f, 1.05f),
            EyeSize = child ? random.Between(1.12f, 1.22f) : random.Between(0.98f, 1.1f),
            NoseWidth = child ? random.Between(0.78f, 0.88f) : random.Between(0.88f, 1.2f),
            MouthWidth = child ? random.Between(0.82f, 0.92f) : random.Between(0.92f, 1.16f),
            LipFullness = random.Between(0.75f, 1.25f),
            BrowWeight = child ? random.Between(0.6f, 0.8f) : random.Between(0.75f, 1.25f),
            Mask = covered && random.Chance(0.1f) ? (random.Chance(0.6f) ? FaceMask.Surgical : FaceMask.Cloth) : FaceMask.None,
        };
    }
}
