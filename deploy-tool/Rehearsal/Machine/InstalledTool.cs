namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>A program that was built or installed with this one.</summary>
internal static class InstalledTool
{
    /// <summary>Its full path: beside this program, else on PATH; null when it is in neither.</summary>
    public static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);
    }

    /// <summary>A package of tools holds files that nobody may execute.</summary>
    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0);
}
