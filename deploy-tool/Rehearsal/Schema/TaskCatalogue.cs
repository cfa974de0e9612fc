namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>An input of a task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">Whether the task refuses to run without it.</param>
/// <param name="Values">What it may be; empty for any text.</param>
internal sealed record TaskInput(string Name, bool Required, IReadOnlyList<string> Values);

/// <summary>A task of Azure Pipelines.</summary>
/// <param name="OnServer">Whether it runs without an agent, in a job whose pool is <c>server</c>.</param>
/// <param name="Inputs">All that it takes.</param>
internal sealed record TaskDescription(bool OnServer, IReadOnlyList<TaskInput> Inputs);

/// <summary>
/// The tasks that this project's pipeline may use, after "Azure Pipelines task reference" (learn.microsoft.com/azure/devops/pipelines/tasks/reference):
/// pages cache-v2, delay-v1, manual-validation-v1, publish-test-results-v2 and use-dotnet-v2.
/// </summary>
internal static class TaskCatalogue
{
    private static readonly string[] Flag = ["true", "false"];

    private static readonly Dictionary<string, TaskDescription> Tasks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Cache@2"] = new(false, [Required("key"), Required("path"), Optional("cacheHitVar"), Optional("restoreKeys")]),
        ["Delay@1"] = new(true, [Required("delayForMinutes")]),
        ["ManualValidation@1"] = new(
            true,
            [
                Required("notifyUsers"), Optional("approvers"), Optional("allowApproversToApproveTheirOwnRuns", Flag), Optional("instructions"),
                Optional("onTimeout", "reject", "resume"),
            ]),
        ["PublishTestResults@2"] = new(
            false,
            [
                Required("testResultsFormat", "JUnit", "NUnit", "VSTest", "XUnit", "CTest"), Required("testResultsFiles"), Optional("searchFolder"),
                Optional("mergeTestResults", Flag), Optional("failTaskOnFailedTests", Flag), Optional("failTaskOnFailureToPublishResults", Flag),
                Optional("failTaskOnMissingResultsFile", Flag), Optional("testRunTitle"), Optional("buildPlatform"), Optional("buildConfiguration"),
                Optional("publishRunAttachments", Flag),
            ]),
        ["UseDotNet@2"] = new(
            false,
            [
                Optional("packageType", "runtime", "sdk"), Optional("useGlobalJson", Flag), Optional("workingDirectory"), Optional("version"),
                Optional("includePreviewVersions", Flag), Optional("requestTimeout"), Optional("vsVersion"), Optional("checkForExistingVersion", Flag),
                Optional("installationPath"), Optional("performMultiLevelLookup", Flag),
            ]),
    };

    public static IReadOnlyCollection<string> Names => Tasks.Keys;

    /// <summary>The task of this name and version; null when it is not among those used here.</summary>
    public static TaskDescription? Find(string name) => Tasks.GetValueOrDefault(name);

    private static TaskInput Required(string name, params string[] values) => new(name, true, values);

    private static TaskInput Optional(string name, params string[] values) => new(name, false, values);
}
