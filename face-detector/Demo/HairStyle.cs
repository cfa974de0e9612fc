namespace FaceEdge.Demo;

internal enum HairStyle
{
    Bald,
    Receding,
    Buzzed,
    Short,
    Parted,
    Fringe,
    Curly,
    Afro,
    Bob,
    Long,
    Bun,
    Ponytail,
    Braids,
}
