using System.Diagnostics;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Pipeline.Tests;

public sealed class AuditTests : IDisposable
{
    private const string Direct = "Spectre.Console";
    private const string Transitive = "Spectre.Console.Ansi";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-audit-");

    private static CancellationToken Timeout => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>With a database of the test's own, because not every feed has one; the packages are those of this build.</summary>
    [Theory(Timeout = 600_000)]
    [InlineData(Direct, 3, "NU1904")]
    [InlineData(Transitive, 0, "NU1901")]
    public async Task A_known_vulnerability_of_any_severity_in_any_dependency_stops_the_build(string package, int severity, string error)
    {
        await using var feed = await FeedAsync(package, severity);

        var (exitCode, output) = await RestoreAsync(feed.Urls.Single());

        Assert.Equal(1, exitCode);
        Assert.Contains($"error {error}: Warning As Error: Package '{package}'", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_dependency_of_which_nothing_is_known_does_not()
    {
        await using var feed = await FeedAsync("some.other.package", 3);

        Assert.Equal(0, (await RestoreAsync(feed.Urls.Single())).ExitCode);
    }

    [Fact]
    public void No_warning_of_the_audit_is_let_pass() =>
        Assert.DoesNotContain("NU19", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);

    /// <summary>Restores a project that takes its settings from the repository. NuGet remembers what an address answered, so each test has its own.</summary>
    private async Task<(int ExitCode, string Output)> RestoreAsync(string feed)
    {
        var version = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Single(one => one.Attribute("Include")!.Value == Direct).Attribute("Version")!.Value;
        await WriteAsync("Directory.Build.props", Repository.Read("Directory.Build.props"));
        await WriteAsync("audited.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="{Direct}" Version="{version}" /></ItemGroup></Project>""");
        await WriteAsync("nuget.config", $"""
            <configuration>
              <packageSources><clear /></packageSources>
              <auditSources><clear /><add key="audit" value="{feed}/{_folder.Name}/index.json" allowInsecureConnections="true" /></auditSources>
            </configuration>
            """);
        var start = new ProcessStartInfo("dotnet", ["restore", "audited.csproj", "-p:RestoreLockedMode=false"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        using var restore = Process.Start(start)!;
        var output = await restore.StandardOutput.ReadToEndAsync(Timeout);
        await restore.WaitForExitAsync(Timeout);
        return (restore.ExitCode, output);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, Timeout);

    /// <summary>A feed without packages that knows of one vulnerability (learn.microsoft.com/nuget/api/vulnerability-info).</summary>
    private static async Task<WebApplication> FeedAsync(string package, int severity)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/{feed}/index.json", (string feed, HttpRequest request) => Results.Content(
            $$"""{"version":"3.0.0","resources":[{"@id":"http://{{request.Host}}/{{feed}}/pages.json","@type":"VulnerabilityInfo/6.7.0"}]}"""));
        app.MapGet("/{feed}/pages.json", (string feed, HttpRequest request) => Results.Content(
            $$"""[{"@name":"all","@id":"http://{{request.Host}}/{{feed}}/page.json","@updated":"2026-01-01T00:00:00Z"}]"""));
        app.MapGet("/{feed}/page.json", () => Results.Content(
            $$"""{"{{package.ToLowerInvariant()}}":[{"url":"https://example.com/advisory","severity":{{severity}},"versions":"(, 999.0.0)"}]}"""));
        await app.StartAsync(Timeout);
        return app;
    }
}
