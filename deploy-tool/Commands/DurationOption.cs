using System.CommandLine;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Commands;

/// <summary>An option whose value is a length of time, such as 90s, 10m or 2h.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Duration.TryParse(result.Tokens[0].Value, out var duration))
            {
                return duration;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' must be a duration such as 90s, 10m or 2h");
            return null;
        },
    };
}
