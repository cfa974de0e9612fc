using System.ComponentModel;
using System.Globalization;
using System.Text;
using FaceEdge.Configuration;
using FaceEdge.Counting;
using FaceEdge.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FaceEdge.Web.Endpoints;

/// <summary>GET /api/v1/counts: how many people cameras saw, as JSON, or as CSV where the request's Accept asks for text/csv.</summary>
internal static class CountsEndpoint
{
    /// <summary>Rows of an answer: a week by the minute, for one camera.</summary>
    private const int MostRows = 10_080;

    private const string Csv = "text/csv";

    public static void MapCounts(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/counts", Get)
        .WithName("counts")
        .WithTags("Cameras")
        .WithSummary("People in view and passed by minute, hour or day of the site's time: JSON, or CSV when Accept prefers text/csv.")
        .Produces<CountsDto>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static IResult Get(
        HttpRequest request,
        PeopleCounts counts,
        SiteCalendar calendar,
        ServiceOptions options,
        TimeProvider time,
        [Description("A camera's name; all cameras without it.")] string? camera = null,
        [Description("A date of the site, or a moment (RFC 3339); by default an hour, a day or a month back.")] string? from = null,
        [Description("The same, not included; by default now.")] string? to = null,
        [Description("minute, hour or day.")] string? step = null)
    {
        var counters = counts.Counters.Where(counter => camera is null || counter.Camera.Equals(camera, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (counters.Length == 0)
        {
            return Problems.NoSuchCamera(camera!);
        }

        if (!Enum.TryParse<CountStep>(step ?? nameof(CountStep.Hour), ignoreCase: true, out var each) || !char.IsAsciiLetter((step ?? "h")[0]))
        {
            return Fault("step", $"step {step}: allowed is minute, hour or day");
        }

        var now = time.GetUtcNow();
        if (!TryRead(to, calendar, now, out var end))
        {
            return Fault("to", $"to {to}: allowed is a date such as 2026-11-26, or a moment such as 2026-11-26T08:00:00Z");
        }

        if (!TryRead(from, calendar, end - Before(each), out var start) || start > end)
        {
            return Fault("from", $"from {from}: allowed is a date such as 2026-11-26, or a moment such as 2026-11-26T08:00:00Z, before to");
        }

        var steps = new List<(DateTimeOffset From, DateTimeOffset To)>();
        for (var begin = calendar.Begin(start, each); begin < end; begin = calendar.Next(begin, each))
        {
            if ((steps.Count + 1) * counters.Length > MostRows)
            {
                return Fault("step", FormattableString.Invariant($"From {start:O} to {end:O} are more than {MostRows} rows: ask for a shorter time, one camera, or longer steps"));
            }

            steps.Add((begin, calendar.Next(begin, each)));
        }

        var answer = new CountsDto(calendar.Zone.Id, each, [.. counters.Select(counter => Read(counter, steps, options.Detector.Tracking))]);
        return PrefersCsv(request) ? TypedResults.Text(ToCsv(answer), Csv, Encoding.UTF8) : TypedResults.Ok(answer);
    }

    private static CameraCountsDto Read(PeopleCounter counter, List<(DateTimeOffset From, DateTimeOffset To)> steps, bool tracked) => new(
        counter.Camera,
        [.. steps.Select(step =>
        {
            var count = counter.History.Sum(step.From, step.To);
            return new CountDto(
                step.From,
                step.To,
                tracked ? count.Passed : null,
                count.MostInView,
                count.MeanInView is { } mean ? Math.Round(mean, 2) : null,
                Math.Round(count.WatchedSeconds, 1));
        })]);

    private static string ToCsv(CountsDto counts)
    {
        var text = new StringBuilder("camera,from,to,passed,most_in_view,mean_in_view,watched_seconds\r\n");
        foreach (var camera in counts.Cameras)
        {
            foreach (var count in camera.Counts)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{camera.Camera},{count.From:yyyy-MM-ddTHH:mm:sszzz},{count.To:yyyy-MM-ddTHH:mm:sszzz},{count.Passed},{count.MostInView},{count.MeanInView},{count.WatchedSeconds}\r\n");
            }
        }

        return text.ToString();
    }

    private static TimeSpan Before(CountStep step) => step switch
    {
        CountStep.Minute => TimeSpan.FromHours(1),
        CountStep.Hour => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(30),
    };

    private static bool TryRead(string? text, SiteCalendar calendar, DateTimeOffset fallback, out DateTimeOffset at)
    {
        at = fallback;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var known = date.Year is > 1 and < 9999;
            at = known ? calendar.Midnight(date) : fallback;
            return known;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) && at.Year is > 1 and < 9999;
    }

    private static bool PrefersCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && QualityOf(accepted, Csv) > QualityOf(accepted, "application/json");

    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(range => range.Quality ?? 1).DefaultIfEmpty(0).Max();

    private static ValidationProblem Fault(string name, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [name] = [message] }, title: "No such counts");
}
