using System.Collections;
using System.Runtime.CompilerServices;

namespace FaceEdge.Deploy.Tests;

/// <summary>
/// What a pipeline that runs these tests says of itself in variables is not meant for the commands under test: who commits is what a test's repository
/// says, no commit names the run, and no approvals are asked for.
/// </summary>
internal static class SurroundingPipeline
{
    private static readonly string[] Prefixes = ["GIT_AUTHOR_", "GIT_COMMITTER_", "BUILD_", "SYSTEM_", "AGENT_", "TF_BUILD"];

    [ModuleInitializer]
    internal static void Forget()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key).ToList())
        {
            if (Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }
}
