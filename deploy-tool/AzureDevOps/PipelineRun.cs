using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.AzureDevOps;

/// <summary>The run of Azure Pipelines that this process is a step of, as its predefined variables tell.</summary>
/// <param name="Api">Where the project's REST API answers; ends with a slash.</param>
/// <param name="BuildId">Number of the run.</param>
/// <param name="Token">The job's access token.</param>
/// <param name="RequestedBy">Mail address of who caused the run; null when nobody did.</param>
internal sealed record PipelineRun(Uri Api, string BuildId, string Token, string? RequestedBy)
{
    /// <exception cref="DeployException">A variable is missing: the process is no such step, or was not given the token.</exception>
    public static PipelineRun FromEnvironment()
    {
        var collection = Required("SYSTEM_COLLECTIONURI");
        var project = Uri.EscapeDataString(Required("SYSTEM_TEAMPROJECT"));
        return Uri.TryCreate($"{collection.TrimEnd('/')}/{project}/_apis/", UriKind.Absolute, out var api) && api.Scheme is "https" or "http"
            ? new PipelineRun(api, Required("BUILD_BUILDID"), Required("SYSTEM_ACCESSTOKEN"), Environment.GetEnvironmentVariable("BUILD_REQUESTEDFOREMAIL"))
            : throw DeployException.BadInput($"SYSTEM_COLLECTIONURI '{collection}' is not an http address", "run this as a step of Azure Pipelines");
    }

    private static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw DeployException.BadInput(
                $"${variable} is not set",
                variable == "SYSTEM_ACCESSTOKEN" ? "map it in the step's env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)" : "run this as a step of Azure Pipelines");
}
