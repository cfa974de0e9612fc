using System.Runtime.CompilerServices;

namespace FaceEdge.Deploy.Tests;

/// <summary>Repositories of tests lie in memory where the system has a file system there: git asks the disk to keep each object, and waits for it.</summary>
internal static class TestsInMemory
{
    private const string Memory = "/dev/shm";

    [ModuleInitializer]
    internal static void UseMemory()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("TMPDIR") is null && Directory.Exists(Memory))
        {
            Environment.SetEnvironmentVariable("TMPDIR", Memory);
        }
    }
}
