namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>What a rehearsal found, for people to look at: lines in the test's output, and lines and pages in the folder that FLEET_REPORT names.</summary>
internal static class RehearsalReport
{
    private static string? Folder => Environment.GetEnvironmentVariable("FLEET_REPORT") is { Length: > 0 } folder ? folder : null;

    public static void Line(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Folder is not null)
        {
            Directory.CreateDirectory(Folder);
            File.AppendAllText(Path.Combine(Folder, "fleet.txt"), line + "\n");
        }
    }

    public static void Keep(string page, string name)
    {
        if (Folder is not null)
        {
            File.Copy(page, Path.Combine(Folder, name), overwrite: true);
        }
    }
}
