using FaceEdge.Contracts;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>Reasons against an image, one line each with its rule and remedy.</summary>
internal static class ProblemLines
{
    public static void Render(IAnsiConsole console, IEnumerable<Refusal> problems)
    {
        foreach (var problem in problems)
        {
            console.WriteLine($"{problem.Rule}: {problem.Message}: {problem.Remedy}");
        }
    }
}
