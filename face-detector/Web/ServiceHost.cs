using System.Text.Json.Serialization;
using FaceEdge.Capture;
using FaceEdge.Configuration;
using FaceEdge.Contracts;
using FaceEdge.Counting;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using FaceEdge.Web.Api;
using FaceEdge.Web.Endpoints;
using FaceEdge.Web.Live;
using FaceEdge.Web.Security;
using FaceEdge.Web.SignIn;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Prometheus;
using Scalar.AspNetCore;

namespace FaceEdge.Web;

/// <summary>Puts the service together: the path of a frame, and the HTTP surface over it.</summary>
internal static partial class ServiceHost
{
    /// <summary>Connections beside those of viewers: requests, health checks, and those that come to be told that the limit is reached.</summary>
    private const int SpareConnections = 800;

    private const string ReferencePath = "/scalar";

    private static readonly TimeSpan WebSocketHeartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Builds a service that <see cref="WebApplication.RunAsync"/> starts.</summary>
    /// <param name="args">Settings as --Key=value or --Key value.</param>
    /// <param name="configure">Changes what is built from, after everything else: configuration, logging.</param>
    /// <exception cref="SettingsException">A setting is not allowed.</exception>
    /// <exception cref="InvalidModelException">The model file is corrupt or of another layout.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The model and what runs it take as long as the host: each gets ready on a core of its own.
        Task inference = Task.Run(ModelSession.LoadRuntime);
        try
        {
            return Build(args, configure, ref inference);
        }
        catch
        {
            // A process that ends while a native library is being loaded crashes, and its exit code with it.
            Task.WaitAny(inference);
            throw;
        }
    }

    /// <param name="args">Settings.</param>
    /// <param name="configure">As above.</param>
    /// <param name="inference">What runs the model, as it is being loaded; then the model.</param>
    private static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure, ref Task inference)
    {
        var builder = CreateBuilder(args, out var unwatched);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });

        // What fails while the server starts is told in one line by who starts it; the host would log it with its stack trace as well.
        var started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Information);
        configure?.Invoke(builder);
        var options = ServiceOptions.Read(builder.Configuration);
        var model = inference.ContinueWith(_ => ModelChoice.Load(options.Detector), TaskScheduler.Default);
        inference = model;
        ConfigureServer(builder, options);
        AddServices(builder.Services, options, model);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        Map(app);
        _ = app.Services.GetRequiredService<CameraSet>();
        StartTelemetry(app);
        var reload = app.Services.GetRequiredService<SettingsReload>();
        reload.Watch();
        if (unwatched is not null)
        {
            reload.CannotWatch(unwatched);
        }

        return app;
    }

    /// <summary>
    /// A host grants its users so many watches of files (fs.inotify.max_user_instances), and all containers of a user share them: without one left the
    /// service starts, and edits of appsettings.json are not seen.
    /// </summary>
    /// <param name="args">Settings.</param>
    /// <param name="unwatched">Why there is no watch, or null.</param>
    private static WebApplicationBuilder CreateBuilder(string[] args, out string? unwatched)
    {
        unwatched = null;
        try
        {
            return Create(args);
        }
        catch (IOException exception)
        {
            unwatched = exception.Message;
            return Create([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        }

        static WebApplicationBuilder Create(string[] args) =>
            WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    }

    private static void StartTelemetry(WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        var state = app.Services.GetRequiredService<ServiceState>();
        var info = app.Services.GetRequiredService<ServiceInfo>().Current;
        metrics.ReadyWhen(() => state.Readiness().Status == ReadinessDto.Ready);
        metrics.Restarted(app.Services.GetRequiredService<RunLog>().Restarts);
        metrics.Describe(info.Version, info.Commit ?? "", info.Image ?? "", info.Model?.Name ?? "", info.Model?.Sha256 ?? "", info.Architecture);
        if (OtlpExporter.Start(app.Configuration, info.Version) is { } sending)
        {
            app.Lifetime.ApplicationStopped.Register(sending.Dispose);
        }
    }

    private static void ConfigureServer(WebApplicationBuilder builder, ServiceOptions options)
    {
        if (!ListenAddresses.AreSet(builder.Configuration))
        {
            builder.WebHost.UseUrls(ListenAddresses.Default);
        }

        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A host without a limit is filled by connections that say nothing: these last no longer than they must.
            kestrel.Limits.MaxConcurrentConnections = options.Stream.MaxViewers + SpareConnections;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxRequestBodySize = options.Upload.Limits.MaxBytes;
        });
    }

    private static void AddServices(IServiceCollection services, ServiceOptions options, Task<LoadedModel> model)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new SettingsStore(options.Live));
        services.AddSingleton<SettingsReload>();
        services.TryAddSingleton(static _ => RunLog.Begin(null));
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton(static provider => new PrometheusExporter(provider.GetRequiredService<ServiceMetrics>().Meter));
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton(provider => SelectImaging(options.Imaging, provider.GetRequiredService<ILogger<ImagingSelection>>()));
        services.AddSingleton(provider => AwaitModel(model, provider.GetRequiredService<ILogger<LoadedModel>>()));
        services.AddSingleton<DetectorPool>();
        services.AddSingleton<CameraSetBuilder>();
        services.AddSingleton(provider => provider.GetRequiredService<CameraSetBuilder>().Build());
        services.AddHostedService(provider => provider.GetRequiredService<CameraSet>());
        services.AddSingleton(provider => new SiteCalendar(options.Counts.Zone ?? provider.GetRequiredService<TimeProvider>().LocalTimeZone));
        services.AddSingleton(provider => new PeopleCounts(
            provider.GetRequiredService<CameraSet>(), options.Counts.Path, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PeopleCounts>>()));
        services.AddHostedService(provider => provider.GetRequiredService<PeopleCounts>());
        services.AddSingleton<ServiceState>();
        services.AddSingleton<ServiceInfo>();
        services.AddSingleton<ChangeGuard>();
        services.AddSingleton<ViewerLimit>();
        services.AddSingleton<VisitorLimit>();
        services.AddSingleton<UploadMemory>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<IProblemDetailsWriter, ProblemPage>();
        services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = QueryFaults.Tell);
        services.AddSingleton(_ => new AddressLimits(options.Http));
        SignInService.Add(services, options);
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, FaceDetectorJson.Default);

            // A number is a number: with the default, the API's description calls each one "number or string".
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<DetectionMode>());
            json.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<CameraState>());
            json.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<PrivacyMode>());
            json.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<CountStep>());
        });
    }

    private static LoadedModel AwaitModel(Task<LoadedModel> model, ILogger log)
    {
        var loaded = model.GetAwaiter().GetResult();
        ModelChoice.Log(loaded, log);
        return loaded;
    }

    private static ImagingSelection SelectImaging(ImagingOptions options, ILogger log)
    {
        try
        {
            var selection = ImagingBackends.Select(options);
            LogImaging(log, selection.Backend.Name, selection.Reason);
            return selection;
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingsException(exception.Message, exception);
        }
    }

    private static void Map(WebApplication app)
    {
        var http = app.Services.GetRequiredService<ServiceOptions>().Http;
        app.UseSecurityHeaders(http, ReferencePath);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static exception =>
                exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,

            // A request that is at fault or breaks off is no fault of the service, and must not be able to fill its log.
            SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException or ConnectionResetException,
        });
        app.UseStatusCodePages();
        app.UseHostGuard(http);
        app.UseCrossSiteGuard();
        app.UseHeadAsGet();
        app.UseSignInGuard();
        app.UseRouting();
        app.UsePage();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = WebSocketHeartbeat, KeepAliveTimeout = WebSocketHeartbeat });
        app.MapStreams();
        app.MapDetections();
        app.MapCounts();
        app.MapDetect();
        app.MapSettings();
        app.MapInfo();
        app.MapLive();
        app.MapVisitorCamera();
        app.MapSignIn();
        app.MapMetrics("/metrics", app.Services.GetRequiredService<PrometheusExporter>().Registry);
        app.MapOpenApi();
        app.MapScalarApiReference(ReferencePath, reference => reference.WithTitle("FaceEdge API").DisableDefaultFonts().DisableTelemetry().WithNonce());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Imaging backend: {Backend} ({Reason})")]
    private static partial void LogImaging(ILogger log, string backend, string reason);
}
