using System.Text.Json;
using FaceEdge.Configuration;
using FaceEdge.Web.Api;
using FaceEdge.Web.Security;

namespace FaceEdge.Web.Endpoints;

/// <summary>Mode, threshold, title, background and privacy.</summary>
internal static class SettingsEndpoints
{
    /// <summary>Far more than these settings take.</summary>
    private const long MaxBody = 16 * 1024;

    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/settings").WithTags("Settings");
        group.MapGet("", (ServiceState state) => TypedResults.Ok(state.Settings()))
            .WithName("settings")
            .WithSummary("The settings in force.");
        group.MapPut("", PutAsync)
            .RequireAddressLimit(limits => limits.Changes)
            .WithName("changeSettings")
            .WithSummary("Changes any of mode, threshold, title, background and privacy until the next start; null goes back to the configured value.")
            .WithMetadata(new RequestSizeLimit(MaxBody))
            .Accepts<SettingsChangeDto>("application/json")
            .Produces<SettingsDto>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> PutAsync(HttpContext context, ChangeGuard guard, SettingsStore settings, ServiceState state, ILogger<SettingsStore> log)
    {
        if (guard.Check(context) is { } refusal)
        {
            return refusal.ToResult();
        }

        if (!context.Request.HasJsonContentType())
        {
            return TypedResults.Problem(
                "Send the settings as application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "JSON expected");
        }

        Func<SettingsOverride, SettingsOverride> change;
        IReadOnlyList<SettingFault> faults;
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            change = SettingsChange.Read(document.RootElement, out faults);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: a string in it is no Unicode text, which is found out when it is read.
            return TypedResults.Problem(
                $"Not JSON: {exception.Message}", statusCode: StatusCodes.Status400BadRequest, title: "The settings cannot be read");
        }

        if (faults.Count > 0)
        {
            var errors = faults.GroupBy(fault => fault.Key).ToDictionary(group => group.Key, group => group.Select(fault => fault.ToString()).ToArray());
            return TypedResults.ValidationProblem(errors, title: "Nothing was changed");
        }

        // A guard that asks for the key has seen it by now. Where there is none, this host too may only hide more.
        var update = settings.Override(change, mayLoosen: guard.AsksForKey);
        if (!update.IsTaken)
        {
            return new ChangeRefusal(
                StatusCodes.Status403Forbidden,
                "Showing more of people asks for the service's Api:Key, also from this host. Set Api__Key on the service and send it as X-Api-Key.").ToResult();
        }

        PrivacyLog.Write(log, update, context.Connection.RemoteIpAddress?.ToString() ?? "a request");
        return TypedResults.Ok(state.Settings());
    }

    private sealed class RequestSizeLimit(long most) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => most;
    }
}
