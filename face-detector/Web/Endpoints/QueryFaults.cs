using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;

namespace FaceEdge.Web.Endpoints;

/// <summary>Names the parameters of the query that are not of their type: ASP.NET Core answers such a request with 400 and no word more.</summary>
internal static class QueryFaults
{
    private const int MostShown = 80;

    /// <summary>Completes problem details that say nothing yet.</summary>
    public static void Tell(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is { Status: StatusCodes.Status400BadRequest, Detail: null } and not HttpValidationProblemDetails)
        {
            context.ProblemDetails.Detail = Of(context.HttpContext);
        }
    }

    private static string? Of(HttpContext context)
    {
        var faults = (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .Select(parameter => Of(parameter, context.Request.Query[parameter.Name].ToString()))
            .OfType<string>()
            .ToArray();
        return faults.Length > 0 ? string.Join("; ", faults) : null;
    }

    private static string? Of(IParameterBindingMetadata parameter, string value)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;
        var allowed = type == typeof(int) && !int.TryParse(value, CultureInfo.InvariantCulture, out _) ? "a whole number"
            : type == typeof(bool) && !bool.TryParse(value, out _) ? "true or false"
            : null;
        return value.Length > 0 && allowed is not null
            ? $"{parameter.Name.ToLowerInvariant()} {(value.Length > MostShown ? value[..MostShown] + "…" : value)}: allowed is {allowed}"
            : null;
    }
}
