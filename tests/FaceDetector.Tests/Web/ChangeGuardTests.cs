using System.Net;
using FaceEdge.Configuration;
using FaceEdge.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FaceEdge.Tests.Web;

public sealed class ChangeGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:8080", true)]
    [InlineData("::1", "[::1]:8080", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("10.0.0.9", "localhost:8080", false)]
    [InlineData("10.0.0.9", "site.example", false)]
    [InlineData("127.0.0.1", "site.example", false)]
    public void Without_a_key_only_this_host_by_its_own_name_may_change_anything(string remote, string host, bool allowed)
    {
        var guard = new ChangeGuard(ServiceOptions.Read(new ConfigurationBuilder().Build()));
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(remote);
        context.Request.Host = new HostString(host);

        Assert.Equal(allowed, guard.Check(context) is null);
    }
}
