namespace FaceEdge.Web.Security;

/// <summary>Puts a limit of each address before a route.</summary>
internal static class AddressLimitRoute
{
    /// <param name="route">Reads the request's body itself: parameters are bound before the limit is asked.</param>
    /// <param name="choose">Which of the limits.</param>
    public static RouteHandlerBuilder RequireAddressLimit(this RouteHandlerBuilder route, Func<AddressLimits, AddressLimiter> choose) =>
        route.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            using var lease = choose(context.RequestServices.GetRequiredService<AddressLimits>()).Acquire(context);
            return lease.IsAcquired ? await next(invocation) : AddressLimits.Refuse(context, lease);
        });
}
