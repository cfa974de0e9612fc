using FaceEdge.Detection;

namespace FaceEdge.Benchmarks.Tracking;

/// <summary>Compares what is shown with who is known to be in view, frame by frame (Bernardin and Stiefelhagen, CLEAR MOT, 2008).</summary>
internal sealed class TrackingScore
{
    private readonly Dictionary<int, Person> _people = [];

    /// <summary>Times that a person in view got another number.</summary>
    public int Switches { get; private set; }

    /// <summary>Times that the box of a person in view went away, for however short a time.</summary>
    public int Vanished { get; private set; }

    /// <summary>Boxes of people in view whose place changed direction: what trembles.</summary>
    public double Tremble => _steps == 0 ? 0 : Math.Sqrt(_trembleSquares / _steps);

    /// <summary>Mean distance between the middle of a box and of the person's true one, as a share of its side.</summary>
    public double Offset => _seen == 0 ? 0 : _offset / _seen;

    private double _trembleSquares;
    private double _offset;
    private long _steps;
    private long _seen;

    /// <param name="people">Who is in view: a number for each, and the true box.</param>
    /// <param name="shown">Boxes on the frame.</param>
    public void Add(IReadOnlyList<(int Person, Box Box)> people, ReadOnlySpan<Face> shown)
    {
        var taken = new bool[shown.Length];
        foreach (var (number, box) in people)
        {
            var person = _people.TryGetValue(number, out var known) ? known : _people[number] = new Person();
            var match = Best(box, shown, taken);
            if (match < 0)
            {
                Vanished += person.IsShown ? 1 : 0;
                person.IsShown = false;
                person.Steps = 0;
                continue;
            }

            taken[match] = true;
            Take(person, shown[match], box);
        }

        foreach (var (number, person) in _people)
        {
            if (!people.Any(one => one.Person == number))
            {
                // Out of view: whoever comes back may be somebody new.
                (person.IsShown, person.Track, person.Steps) = (false, 0, 0);
            }
        }
    }

    private void Take(Person person, in Face face, in Box truth)
    {
        person.IsShown = true;
        if (face.Track > 0)
        {
            Switches += person.Track > 0 && person.Track != face.Track ? 1 : 0;
            person.Track = face.Track;
        }

        var offset = (face.Box.Centre - truth.Centre) / MathF.Max(truth.Width, truth.Height);
        _offset += offset.Length();
        _seen++;
        if (person.Steps++ > 0)
        {
            _trembleSquares += (offset - person.Offset).LengthSquared();
            _steps++;
        }

        person.Offset = offset;
    }

    private static int Best(in Box truth, ReadOnlySpan<Face> shown, bool[] taken)
    {
        var best = -1;
        var most = 0.4f;
        for (var i = 0; i < shown.Length; i++)
        {
            if (!taken[i] && shown[i].Box.IntersectionOverUnion(truth) is var overlap && overlap > most)
            {
                (best, most) = (i, overlap);
            }
        }

        return best;
    }

    private sealed class Person
    {
        public bool IsShown { get; set; }

        public int Track { get; set; }

        public int Steps { get; set; }

        public System.Numerics.Vector2 Offset { get; set; }
    }
}
