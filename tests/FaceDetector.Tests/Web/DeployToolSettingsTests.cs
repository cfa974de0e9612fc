using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Configuration;
using FaceEdge.Deploy.Sites;
using Microsoft.Extensions.Configuration;

namespace FaceEdge.Tests.Web;

/// <summary>deploy-tool checks the settings of sites before a service reads them: both must draw the same lines.</summary>
public sealed partial class DeployToolSettingsTests
{
    private static readonly string[] Texts =
    [
        "face", "eyes", "Face", "true", "false", "none", "basic", "extended", "all", "auto", "opencv", "portable", "#ffc0cb", "#fcb", "#ffc0c", "#12345g", "pink", "rebeccapurple", "nocolour", "one line",
        new string('x', 80), new string('x', 81), "two\nlines", "1.5", "0.5", "-1", "+1", " 1", "1e1", "32", "64", "320", "4096", "4128", "33", "tab\t",
    ];

    public static TheoryData<string> Keys => new(ServiceSettings.Keys);

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_deploy_tool_lets_through_the_service_takes(string key) =>
        Assert.All(Texts.Concat(Bounds(key)).Where(value => ServiceSettings.Check(key, value) is null), value => Assert.Null(Fault(key, value)));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Both_have_the_same_bounds(string key) =>
        Assert.All(Bounds(key), value => Assert.Equal(Fault(key, value) is null, ServiceSettings.Check(key, value) is null));

    /// <summary>The numbers in what deploy-tool says is allowed, and their neighbours on both sides.</summary>
    private static IEnumerable<string> Bounds(string key)
    {
        var allowed = ServiceSettings.Check(key, "\0")!;
        var step = allowed.Contains("whole", StringComparison.Ordinal) ? 1 : allowed.Contains("multiple of 32", StringComparison.Ordinal) ? 32 : 0.001m;
        return allowed.Contains(" from ", StringComparison.Ordinal)
            ? Number().Matches(allowed[allowed.IndexOf(" from ", StringComparison.Ordinal)..])
                .Select(match => decimal.Parse(match.Value, CultureInfo.InvariantCulture))
                .SelectMany(bound => new[] { bound - step, bound, bound + step })
                .Where(value => value >= 0)
                .Select(value => value.ToString(CultureInfo.InvariantCulture))
            : [];
    }

    private static string? Fault(string key, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(key.Replace("__", ":", StringComparison.Ordinal), value), new("Cameras:one:Url", "demo:")])
            .Build();
        try
        {
            _ = ServiceOptions.Read(configuration);
            return null;
        }
        catch (SettingsException exception)
        {
            return exception.Message;
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
