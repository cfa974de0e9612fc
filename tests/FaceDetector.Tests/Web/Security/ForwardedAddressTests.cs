using System.Net;
using System.Text;

namespace FaceEdge.Tests.Web.Security;

public sealed class ForwardedAddressTests
{
    /// <summary>ASPNETCORE_FORWARDEDHEADERS_ENABLED makes the framework believe X-Forwarded-For from anybody, and take the header away.</summary>
    [Fact(Timeout = 600_000)]
    public async Task An_address_that_a_header_claims_is_never_taken_for_this_host()
    {
        await using var service = await RunningService.StartAsync("--ForwardedHeaders_Enabled=true");
        service.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");

        var answer = await service.Client.PutAsync(
            "/api/v1/settings", new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
