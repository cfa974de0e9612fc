using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceEdge.CommandLine;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>The options of <c>cameras</c>.</summary>
internal sealed class CamerasOptions
{
    private const string ServiceForm = "NAME=PATH[,SETTING=VALUE...]";

    private static readonly int[] StandardCounts = [1, 4, 8, 16, 32];

    private static readonly int[] StandardViewers = [0, 1];

    private readonly Option<Service[]> _services = new("--service")
    {
        Description = "A published service, or one under other settings; may be given more than once. The one of this build if not given.",
        HelpName = ServiceForm,
        CustomParser = ReadServices,
    };

    private readonly Option<FilmKind> _film = new("--film")
    {
        Description = "What the cameras send: moving people; the same standing still; or moving, with a first camera of 1080p at 60 frames/s.",
        HelpName = "moving|still|mixed",
    };

    private readonly Option<bool> _idle = new("--idle") { Description = "Let every service decode key frames alone while nothing moves (Capture:Idle=keyframes)." };

    private readonly Option<int[]> _counts = List("--counts", "Numbers of cameras", least: 1, StandardCounts);

    private readonly Option<int[]> _viewers = List("--viewers", "Numbers of viewers of the first camera", least: 0, StandardViewers);

    private readonly Option<int> _seconds =
        new Option<int>("--seconds") { Description = "Seconds that a row is measured.", HelpName = "N", DefaultValueFactory = _ => 10 }.Between(1, 3600);

    private readonly Option<int> _repeats = new Option<int>("--repeats") { Description = "Rounds.", HelpName = "N", DefaultValueFactory = _ => 3 }.Between(1, 100);

    public void AddTo(Command command)
    {
        command.Add(_services);
        command.Add(_film);
        command.Add(_idle);
        command.Add(_counts);
        command.Add(_viewers);
        command.Add(_seconds);
        command.Add(_repeats);
    }

    public CamerasComparison Read(ParseResult parse) => new(
        parse.GetValue(_services) is { Length: > 0 } services ? services : [Service.OfThisBuild],
        parse.GetValue(_film),
        parse.GetValue(_idle),
        parse.GetValue(_counts) is { Length: > 0 } counts ? counts : StandardCounts,
        parse.GetValue(_viewers) is { Length: > 0 } viewers ? viewers : StandardViewers,
        parse.GetValue(_seconds),
        parse.GetValue(_repeats));

    private static Service[] ReadServices(ArgumentResult result)
    {
        var services = new List<Service>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            if (Service.TryParse(text) is { } service)
            {
                services.Add(service);
            }
            else
            {
                result.AddError($"--service is '{text}': {ServiceForm}");
            }
        }

        return [.. services];
    }

    private static Option<int[]> List(string name, string description, int least, int[] standard) => new(name)
    {
        Description = $"{description}; {string.Join(',', standard)} if not given.",
        HelpName = "N,N...",
        CustomParser = result =>
        {
            var text = string.Join(',', result.Tokens.Select(token => token.Value));
            int?[] read = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number : (int?)null)];
            if (read.Contains(null))
            {
                result.AddError(FormattableString.Invariant($"{name} is '{text}': whole numbers of at least {least}, with commas"));
            }

            return [.. read.OfType<int>()];
        },
    };
}

/// <summary>What the scaling table compares.</summary>
/// <param name="Services">Each is measured with every number of cameras, in turns.</param>
/// <param name="Film">What the cameras send.</param>
/// <param name="Idles">Whether key frames alone are decoded while nothing moves.</param>
/// <param name="Counts">Numbers of cameras.</param>
/// <param name="Viewers">Numbers of viewers of the first camera.</param>
/// <param name="Seconds">How long a row is measured each time.</param>
/// <param name="Repeats">How often.</param>
internal sealed record CamerasComparison(
    IReadOnlyList<Service> Services, FilmKind Film, bool Idles, IReadOnlyList<int> Counts, IReadOnlyList<int> Viewers, int Seconds, int Repeats);
