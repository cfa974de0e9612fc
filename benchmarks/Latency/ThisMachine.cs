using System.Globalization;
using System.Runtime.InteropServices;
using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>Describes the machine that this process runs on.</summary>
internal static class ThisMachine
{
    private const string CpuInfo = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";

    public static MachineDescription Describe() => new(
        Cpu(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.FrameworkDescription);

    /// <summary>Processes that ran or waited for a processor, on average over the last minute; 0 where the system does not say.</summary>
    public static double LoadAverage() => File.Exists(LoadFile)
        ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>x86 kernels name the model; arm64 kernels give implementer and part numbers, which identify a core as well.</summary>
    private static string Cpu()
    {
        if (!File.Exists(CpuInfo))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? SysctlBrand() ?? "unknown CPU";
        }

        var fields = File.ReadLines(CpuInfo)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0])
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return fields.TryGetValue("model name", out var model)
            ? string.Create(CultureInfo.InvariantCulture, $"{model} (family {fields.GetValueOrDefault("cpu family")}, model {fields.GetValueOrDefault("model")})")
            : $"implementer {fields.GetValueOrDefault("CPU implementer")} part {fields.GetValueOrDefault("CPU part")}";
    }

    /// <summary>macOS.</summary>
    private static string? SysctlBrand()
    {
        if (!OperatingSystem.IsMacOS())
        {
            return null;
        }

        using var sysctl = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sysctl", ["-n", "machdep.cpu.brand_string"]) { RedirectStandardOutput = true })!;
        return sysctl.StandardOutput.ReadToEnd().Trim();
    }
}
