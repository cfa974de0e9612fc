using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FaceEdge.Telemetry;

/// <summary>
/// Sends the same instruments by OTLP where the standard variables ask for it (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). Where none does,
/// not even OpenTelemetry's assemblies are loaded: a start costs nothing more.
/// </summary>
internal static class OtlpExporter
{
    private const string ServiceName = "face-detector";

    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <returns>What to dispose at the end, or null where nothing is sent.</returns>
    public static IDisposable? Start(IConfiguration configuration, string version) =>
        Array.Exists(Endpoints, name => !string.IsNullOrWhiteSpace(configuration[name])) ? StartSending(configuration, version) : null;

    /// <remarks>Says nothing of OpenTelemetry in its own signature: a caller that knew the type would load its assembly.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static IDisposable StartSending(IConfiguration configuration, string version) => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .ConfigureResource(resource => resource.Clear().AddService(ServiceName, serviceVersion: version).AddTelemetrySdk().AddEnvironmentVariableDetector())
        .AddMeter(ServiceMetrics.MeterName)
        .AddOtlpExporter()
        .Build();
}
