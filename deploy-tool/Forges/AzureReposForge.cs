using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Forges;

/// <summary>Azure Repos, in Azure DevOps Services and Server, by its REST API 7.1 (https://learn.microsoft.com/rest/api/azure/devops/git/pull-requests).</summary>
internal sealed class AzureReposForge : IForge
{
    private const string Version = "api-version=7.1";
    private const string ThereAlready = "GitPullRequestExistsException";
    private const int MaxResponseBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly ForgeRepository _repository;
    private readonly string _pullRequests;
    private readonly ForgeFaults _faults;
    private readonly Retries _retries;
    private readonly TimeProvider _time;

    public AzureReposForge(ForgeRepository repository, ForgeToken token, TimeProvider time)
    {
        // A redirect leads to a page that asks people to log in.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = repository.Collection, Timeout = Timeout };

        // A personal access token and a job's token are taken as a password beside any user; one of Microsoft Entra is not.
        _http.DefaultRequestHeaders.Authorization = token.IsJwt
            ? new AuthenticationHeaderValue("Bearer", token.Value)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(":" + token.Value)));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _repository = repository;
        _pullRequests = $"{Uri.EscapeDataString(repository.Owner)}/_apis/git/repositories/{Uri.EscapeDataString(repository.Name)}/pullrequests";
        _faults = new ForgeFaults(repository.DisplayName);
        _retries = new Retries(time);
        _time = time;
    }

    public string Name => _repository.DisplayName;

    public int LongestText => 4_000;

    public async Task<PullRequest?> FindAsync(string branch, string into, CancellationToken cancellation)
    {
        var query = $"searchCriteria.sourceRefName={Reference(branch)}&searchCriteria.targetRefName={Reference(into)}&searchCriteria.status=all&$top=30";
        var found = await AskAsync(HttpMethod.Get, $"{_pullRequests}?{query}&{Version}", null, AzureReposJson.Default.AzurePullRequestList, cancellation);
        var newest = found.Value.OrderByDescending(one => one.PullRequestId).Select(Read).ToList();
        return newest.Find(one => one.State == PullRequestState.Open) ?? newest.FirstOrDefault();
    }

    public async Task<PullRequest> ReadAsync(int number, CancellationToken cancellation) =>
        Read(await AskAsync(HttpMethod.Get, Of(number), null, AzureReposJson.Default.AzurePullRequest, cancellation));

    public async Task<PullRequest> OpenAsync(PullRequestDraft draft, CancellationToken cancellation)
    {
        var made = new AzurePullRequestChange
        {
            SourceRefName = $"refs/heads/{draft.Branch}",
            TargetRefName = $"refs/heads/{draft.Into}",
            Title = draft.Title,
            Description = draft.Text,
        };
        try
        {
            return Read(await AskAsync(HttpMethod.Post, $"{_pullRequests}?{Version}", Bytes(made), AzureReposJson.Default.AzurePullRequest, cancellation));
        }
        catch (ForgeException exception) when (exception.IsThereAlready)
        {
            if (await FindAsync(draft.Branch, draft.Into, cancellation) is { State: PullRequestState.Open } quicker)
            {
                return quicker;
            }

            throw;
        }
    }

    public Task<PullRequest> UpdateAsync(int number, PullRequestDraft draft, CancellationToken cancellation) =>
        ChangeAsync(number, new AzurePullRequestChange { Title = draft.Title, Description = draft.Text }, cancellation);

    public async Task LabelAsync(int number, IReadOnlyList<string> labels, CancellationToken cancellation)
    {
        foreach (var label in labels)
        {
            await AskAsync(
                HttpMethod.Post, $"{_pullRequests}/{Text(number)}/labels?{Version}", JsonSerializer.SerializeToUtf8Bytes(new AzureLabel(label), AzureReposJson.Default.AzureLabel), AzureReposJson.Default.AzureLabel, cancellation);
        }
    }

    /// <summary>Azure DevOps is told in whose name it completes: whoever opened the pull request.</summary>
    public Task CompleteAutomaticallyAsync(PullRequest open, PullRequestDraft draft, CancellationToken cancellation)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"Merged PR {open.Number}: {draft.Title}\n\n{draft.CommitText}");
        return ChangeAsync(
            open.Number,
            new AzurePullRequestChange
            {
                AutoCompleteSetBy = open.OpenedBy is { } id ? new AzureIdentity(id) : throw _faults.Strange(),
                CompletionOptions = new AzureCompletionOptions("squash", DeleteSourceBranch: true, message),
            },
            cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<PullRequest> ChangeAsync(int number, AzurePullRequestChange change, CancellationToken cancellation) =>
        Read(await AskAsync(HttpMethod.Patch, Of(number), Bytes(change), AzureReposJson.Default.AzurePullRequest, cancellation));

    private static byte[] Bytes(AzurePullRequestChange change) => JsonSerializer.SerializeToUtf8Bytes(change, AzureReposJson.Default.AzurePullRequestChange);

    private Task<T> AskAsync<T>(HttpMethod method, string path, byte[]? content, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        _retries.RunAsync(() => AskOnceAsync(method, path, content, type, cancellation), cancellation);

    private async Task<T> AskOnceAsync<T>(HttpMethod method, string path, byte[]? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content is null ? null : new ByteArrayContent(content) };
            if (request.Content is { } body)
            {
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var received = await BoundedBody.ReadAsync(response.Content, MaxResponseBytes, Timeout, cancellation) ?? throw _faults.Strange();

            // A token that is not taken may be answered with 203 and the page to log in at.
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created
                ? JsonSerializer.Deserialize(received, type) ?? throw _faults.Strange()
                : throw Explain(response, received);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw _faults.Away(exception);
        }
        catch (JsonException exception)
        {
            throw _faults.Strange(exception);
        }
    }

    private ForgeException Explain(HttpResponseMessage response, byte[] body)
    {
        var fault = Fault(body);
        var words = fault?.Message ?? "";
        return fault?.TypeKey == ThereAlready
            ? ForgeException.ThereAlready($"{Name} has such a pull request already: {words}", "run it again", null)
            : _faults.ForResponse(response.StatusCode, words, response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
                _ => null,
            });
    }

    private static AzureFault? Fault(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AzureReposJson.Default.AzureFault);
        }
        catch (JsonException)
        {
            // A page for people.
            return null;
        }
    }

    private PullRequest Read(AzurePullRequest pull) => new(
        pull.PullRequestId,
        new Uri($"{_repository.Page}/pullrequest/{Text(pull.PullRequestId)}"),
        pull.Status switch
        {
            "active" => PullRequestState.Open,
            "completed" => PullRequestState.Merged,
            _ => PullRequestState.Closed,
        },
        pull.Title ?? "",
        (pull.Description ?? "").ReplaceLineEndings("\n"),
        [.. (pull.Labels ?? []).Select(label => label.Name)],
        pull.Status == "completed" ? pull.LastMergeCommit?.CommitId : null)
    {
        OpenedBy = pull.CreatedBy?.Id,
    };

    private string Of(int number) => $"{_pullRequests}/{Text(number)}?{Version}";

    private static string Reference(string branch) => Uri.EscapeDataString($"refs/heads/{branch}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
