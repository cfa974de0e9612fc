using System.Globalization;
using System.Threading.RateLimiting;
using FaceEdge.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FaceEdge.Web.Security;

/// <summary>How often one address may ask for what costs or changes something.</summary>
internal sealed class AddressLimits(HttpAccessOptions options) : IDisposable
{
    /// <summary>Pictures from outside.</summary>
    public AddressLimiter Uploads { get; } = AddressLimiter.Evenly(options.UploadsPerMinute);

    /// <summary>Of settings.</summary>
    public AddressLimiter Changes { get; } = AddressLimiter.Evenly(options.ChangesPerMinute);

    public void Dispose()
    {
        Uploads.Dispose();
        Changes.Dispose();
    }

    /// <summary>Says when to come back.</summary>
    public static void TellWhen(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    public static ProblemHttpResult Refuse(HttpContext context, RateLimitLease lease)
    {
        TellWhen(context, lease);
        return TypedResults.Problem(
            "This address has asked too often; Retry-After says when to come back.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests");
    }
}
