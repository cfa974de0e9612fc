using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FaceEdge.Contracts;

namespace FaceEdge.Tests.Telemetry;

/// <summary>A Prometheus that takes what sites send, with the rules of telemetry/; it can go away and come back with what it had.</summary>
internal sealed class Centre : IDisposable
{
    private readonly string _folder;
    private readonly int _port = FreePort.Take();
    private readonly HttpClient _client;
    private Process? _process;

    public Centre(string folder)
    {
        _folder = folder;
        File.WriteAllText(Path.Combine(folder, "centre.yaml"), $"""
            rule_files: ['{Promtool.Folder}/rules/recording.yaml', '{Promtool.Folder}/rules/alerts.yaml']
            storage: {'{'}tsdb: {'{'}out_of_order_time_window: 3h{'}'}{'}'}

            """);
        Address = new Uri($"http://127.0.0.1:{_port}");
        _client = new HttpClient { BaseAddress = Address };
        ComeBack();
    }

    public Uri Address { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void ComeBack() => _process = SiteAgent.Run(new ProcessStartInfo("prometheus", [
        $"--config.file={_folder}/centre.yaml", $"--storage.tsdb.path={_folder}/data", "--web.enable-remote-write-receiver", $"--web.listen-address=127.0.0.1:{_port}"])
    {
        RedirectStandardError = true,
    });

    public void GoAway()
    {
        SiteAgent.End(_process!);
        _process = null;
    }

    /// <summary>The series that a query yields now; none while the centre starts.</summary>
    public async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)>> QueryAsync(string query)
    {
        try
        {
            using var answer = await _client.PostAsync("/api/v1/query", new FormUrlEncodedContent([new("query", query)]), Cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                return [];
            }

            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            return [.. body.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => (
                (IReadOnlyDictionary<string, string>)one.GetProperty("metric").Deserialize<Dictionary<string, string>>()!,
                double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)))];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        if (_process is not null)
        {
            SiteAgent.End(_process);
        }
    }
}
