using System.Globalization;
using System.IO.Enumeration;
using System.Xml;
using System.Xml.Linq;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>
/// PublishTestResults@2 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/publish-test-results-v2): counts tests in JUnit, TRX
/// and xUnit files and keeps the files with the run.
/// </summary>
internal sealed class PublishTestResultsTask : ITaskEmulator
{
    public Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var folder = run.Resolve(run.Input("searchFolder") ?? ".");
        var patterns = (run.Input("testResultsFiles") ?? "**/TEST-*.xml").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => patterns.Any(pattern => Matches(folder, file, pattern))).ToList()
            : [];
        if (files.Count == 0)
        {
            return Task.FromResult(run.Flag("failTaskOnMissingResultsFile")
                ? StepOutcome.Failed($"no test results match {string.Join(", ", patterns)} in {folder}")
                : StepOutcome.Succeeded);
        }

        var (total, failed) = (0, 0);
        Directory.CreateDirectory(run.Job.Run.Results);
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(run.Job.Run.Results, Path.GetFileName(file)), overwrite: true);
            var (all, bad) = Count(file);
            total += all;
            failed += bad;
        }

        run.Log.Line(string.Create(CultureInfo.InvariantCulture, $"{run.Input("testRunTitle") ?? "tests"}: {Quantity.Of(total, "test")}, {failed} failed, in {Quantity.Of(files.Count, "file")}"));
        return Task.FromResult(failed > 0 && run.Flag("failTaskOnFailedTests") ? StepOutcome.Failed($"{failed} of {Quantity.Of(total, "test")} failed") : StepOutcome.Succeeded);
    }

    /// <summary>A pattern's last part is a file's name; <c>**/</c> before it means any folder.</summary>
    private static bool Matches(string folder, string file, string pattern)
    {
        var relative = Path.GetRelativePath(folder, file).Replace('\\', '/');
        var (subject, expression) = pattern.StartsWith("**/", StringComparison.Ordinal) ? (Path.GetFileName(relative), pattern[3..]) : (relative, pattern);
        return FileSystemName.MatchesSimpleExpression(expression, subject, ignoreCase: true);
    }

    private static (int Total, int Failed) Count(string file)
    {
        try
        {
            var root = XDocument.Load(file).Root!;
            var cases = root.Descendants().Where(element => element.Name.LocalName is "testcase" or "UnitTestResult" or "test").ToList();
            return (cases.Count, cases.Count(IsFailed));
        }
        catch (XmlException exception)
        {
            throw DeployException.BadInput($"{file} is not XML: {exception.Message}", "let the tests write JUnit files", exception);
        }
    }

    private static bool IsFailed(XElement element) =>
        element.Elements().Any(child => child.Name.LocalName is "failure" or "error")
        || element.Attribute("outcome")?.Value == "Failed"
        || element.Attribute("result")?.Value == "Fail";
}
