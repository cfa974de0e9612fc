using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Deploy.Rehearsal.SiteAgents;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class TcpListenerLoopTests
{
    [Fact]
    public async Task One_caller_that_cannot_be_taken_does_not_end_the_listening()
    {
        var failures = 1;
        using var loop = new TcpListenerLoop(
            0,
            async caller => await caller.WriteAsync("served"u8.ToArray(), TestContext.Current.CancellationToken),
            listener => failures-- > 0
                ? throw new SocketException((int)SocketError.TooManyOpenSockets)
                : listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, loop.Port, TestContext.Current.CancellationToken);

        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);

        Assert.Equal("served", answer);
    }
}
