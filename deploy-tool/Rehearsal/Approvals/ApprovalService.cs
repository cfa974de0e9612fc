using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FaceEdge.Deploy.Rehearsal.Approvals;

/// <summary>
/// The two addresses of Azure DevOps by which a step learns who approved its stage: the run's timeline and the approvals
/// (learn.microsoft.com/rest/api/azure/devops/build/timeline/get and …/approvalsandchecks/approvals/query), on this machine alone.
/// </summary>
internal sealed class ApprovalService : IDisposable
{
    public const string Project = "rehearsal";

    private readonly HttpListener _listener = new();
    private readonly IReadOnlyList<string> _stages;
    private readonly ApprovalDesk _desk;
    private readonly string _token;

    /// <remarks>
    /// <c>port</c>: port on the loopback address.
    /// <c>stages</c>: names of the run's stages.
    /// <c>token</c>: the bearer token that steps show; others are refused.
    /// </remarks>
    public ApprovalService(int port, IReadOnlyList<string> stages, ApprovalDesk desk, string token)
    {
        _stages = stages;
        _desk = desk;
        _token = token;
        Address = $"http://localhost:{port}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>System.CollectionUri.</summary>
    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was closed, or a caller hung up.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var body = context.Request.Headers["Authorization"] != $"Bearer {_token}"
            ? null
            : path.EndsWith("/timeline", StringComparison.Ordinal) ? WriteTimeline()
            : path.EndsWith("/_apis/pipelines/approvals", StringComparison.Ordinal) ? WriteApprovals(context.Request.QueryString["approvalIds"] ?? "")
            : [];
        context.Response.StatusCode = body switch { null => 401, [] => 404, _ => 200 };
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Close(body ?? [], willBlock: false);
    }

    private byte[] WriteTimeline() => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("records");
        foreach (var stage in _stages)
        {
            WriteRecord(json, IdOf("stage", stage), null, "Stage", stage);
            if (_desk.ApproversOf(stage).Count > 0)
            {
                WriteRecord(json, IdOf("checkpoint", stage), IdOf("stage", stage), "Checkpoint", "Checkpoint");
                WriteRecord(json, IdOf("approval", stage), IdOf("checkpoint", stage), "Checkpoint.Approval", "Checkpoint.Approval");
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteRecord(Utf8JsonWriter json, string id, string? parent, string type, string identifier)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("parentId", parent);
        json.WriteString("type", type);
        json.WriteString("identifier", identifier);
        json.WriteString("name", identifier);
        json.WriteEndObject();
    }

    private byte[] WriteApprovals(string ids) => Write(json =>
    {
        var asked = ids.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var stages = _stages.Where(stage => asked.Contains(IdOf("approval", stage), StringComparer.OrdinalIgnoreCase)).ToList();
        json.WriteStartObject();
        json.WriteNumber("count", stages.Count);
        json.WriteStartArray("value");
        foreach (var stage in stages)
        {
            json.WriteStartObject();
            json.WriteString("id", IdOf("approval", stage));
            json.WriteString("status", "approved");
            json.WriteStartArray("steps");
            foreach (var name in _desk.ApproversOf(stage))
            {
                json.WriteStartObject();
                json.WriteString("status", "approved");
                json.WriteStartObject("actualApprover");
                json.WriteString("displayName", name);
                json.WriteString("uniqueName", name);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.ToArray();
    }

    /// <summary>A GUID as Azure DevOps gives its records, the same for the same record.</summary>
    private static string IdOf(string kind, string stage) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{stage}")).AsSpan(0, 16)).ToString();
}
