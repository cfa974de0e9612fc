using System.Diagnostics;
using FaceEdge.Contracts;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Tests.Telemetry;

/// <summary>
/// A site's telemetry agent as its manifest describes it, run with this machine's Prometheus: its arguments and its configuration, with paths, ports and
/// intervals of the test's own. Prometheus 2 takes --agent as a feature, and wants another for the variables in labels.
/// </summary>
internal sealed class SiteAgent : IDisposable
{
    private readonly Process _process;

    private SiteAgent(Process process, string token)
    {
        _process = process;
        Token = token;
    }

    /// <summary>The configuration as the manifest has it.</summary>
    public static string Configuration => Object("ConfigMap").Text("data", "agent.yaml")!;

    /// <summary>Where the token is read from; absent at first.</summary>
    public string Token { get; }

    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts the agent of the template, as a site of its own name.</summary>
    /// <param name="folder">Of its own.</param>
    /// <param name="service">Whom it scrapes, each second.</param>
    /// <param name="centre">Whom it sends to.</param>
    /// <param name="environment">Of the site.</param>
    /// <param name="site">Its name.</param>
    public static SiteAgent Start(string folder, Uri service, Uri centre, string environment = "production", string site = "berlin-01")
    {
        var token = Path.Combine(folder, "token");
        var port = FreePort.Take();
        var text = Configuration;
        foreach (var (there, here) in new[]
        {
            ("dns_sd_configs:\n      - names: [face-detector-pods.face-detector.svc]\n        type: A\n        port: 8080\n", $"static_configs:\n      - targets: ['{service.Authority}']\n"),
            ("localhost:9090", $"127.0.0.1:{port}"),
            ("https://telemetry.example.com/api/v1/write", new Uri(centre, "/api/v1/write").ToString()),
            ("/etc/telemetry-agent-secret/token", token),
            ("scrape_interval: 30s", "scrape_interval: 1s"),
            ("batch_send_deadline: 50s", "batch_send_deadline: 1s"),
            ("max_backoff: 30s", "max_backoff: 1s"),
        })
        {
            Assert.Contains(there, text, StringComparison.Ordinal);
            text = text.Replace(there, here, StringComparison.Ordinal);
        }

        var configuration = Path.Combine(folder, "agent.yaml");
        File.WriteAllText(configuration, text);
        var container = Object("Deployment").ItemsAt("spec", "template", "spec", "containers").Single();
        var arguments = container.ItemsAt("args").Select(argument => ((YamlScalar)argument).Value switch
        {
            "--agent" => "--enable-feature=agent,expand-external-labels",
            "--config.file=/etc/telemetry-agent/agent.yaml" => $"--config.file={configuration}",
            "--storage.agent.path=/var/lib/telemetry-agent" => $"--storage.agent.path={Path.Combine(folder, "wal")}",
            "--web.listen-address=:9090" => $"--web.listen-address=127.0.0.1:{port}",
            var other => other,
        });
        var start = new ProcessStartInfo("prometheus", arguments) { RedirectStandardError = true };
        start.Environment["SITE"] = site;
        start.Environment["ENVIRONMENT"] = environment;
        return new SiteAgent(Run(start), token);
    }

    public void Dispose() => End(_process);

    /// <summary>Starts a program whose messages nobody reads.</summary>
    internal static Process Run(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    internal static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static YamlNode Object(string kind)
    {
        Assert.Null(YamlFile.TryParse(File.ReadAllBytes(Path.Combine(Promtool.Folder, "../sites/template/telemetry.yaml")), out var manifest));
        return manifest.Documents.Select(document => document.Root).Single(root => root.Text("kind") == kind && root.Text("metadata", "name") == "telemetry-agent");
    }
}
