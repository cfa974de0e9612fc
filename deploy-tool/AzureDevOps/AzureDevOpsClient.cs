using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.AzureDevOps;

/// <summary>Asks Azure DevOps about the run that this process is a step of.</summary>
internal sealed class AzureDevOpsClient : IDisposable
{
    private const string Approved = "approved";
    private const int MaxResponseBytes = 32 * 1024 * 1024;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly PipelineRun _run;

    public AzureDevOpsClient(PipelineRun run)
    {
        _run = run;
        _http = new HttpClient { BaseAddress = run.Api, Timeout = RequestTimeout };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", run.Token);
    }

    /// <summary>Who approved that a stage begins, by the unique name that Azure DevOps knows them by; each once, in the order of their answers.</summary>
    /// <param name="stage">Its name in the YAML file.</param>
    /// <param name="notes">Gets what the run's timeline holds of the stage when it holds no approval: a check may be missing, or be called otherwise.</param>
    /// <param name="cancellation">Stops the requests.</param>
    /// <exception cref="DeployException">Azure DevOps does not answer, or not this; exit code 3.</exception>
    public async Task<IReadOnlyList<string>> ApproversAsync(string stage, IProgress<string> notes, CancellationToken cancellation)
    {
        var timeline = await GetAsync($"build/builds/{_run.BuildId}/timeline?api-version=7.1", DeployToolJson.Default.Timeline, cancellation);
        var ids = timeline.ApprovalsOf(stage);
        if (ids.Count == 0)
        {
            notes.Report(
                timeline.TypesOf(stage) is { Count: > 0 } types
                    ? $"{stage} asked for no approval: the run's timeline has only {string.Join(", ", types)} of it"
                    : $"{stage} asked for no approval: the run's timeline has nothing of it");
            return [];
        }

        var approvals = await GetAsync(
            $"pipelines/approvals?approvalIds={string.Join(',', ids)}&$expand=steps&api-version=7.1", DeployToolJson.Default.ApprovalList, cancellation);
        return
        [
            .. approvals.Value.SelectMany(approval => approval.Steps ?? [])
                .Where(step => string.Equals(step.Status, Approved, StringComparison.OrdinalIgnoreCase))
                .Select(step => step.ActualApprover?.UniqueName ?? step.ActualApprover?.DisplayName)
                .OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        const string Remedy = "run the stage again; the build service needs to view builds";
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw DeployException.Undecided($"Azure DevOps answers {(int)response.StatusCode} to {path.Split('?')[0]}", Remedy);
            }

            var body = await BoundedBody.ReadAsync(response.Content, MaxResponseBytes, RequestTimeout, cancellation);
            return (body is null ? default : JsonSerializer.Deserialize(body, type))
                ?? throw DeployException.Undecided($"Azure DevOps answers nothing to {path.Split('?')[0]}", Remedy);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw DeployException.Undecided($"Azure DevOps cannot be asked: {HttpFault.Cause(exception)}", Remedy, exception);
        }
    }
}
