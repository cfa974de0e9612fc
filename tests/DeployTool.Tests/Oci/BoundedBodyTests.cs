using System.IO.Pipelines;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Oci;

public sealed class BoundedBodyTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_body_of_the_length_allowed_is_read_and_a_longer_one_is_not()
    {
        byte[] bytes = [1, 2, 3, 4];
        using var content = new StreamContent(new MemoryStream(bytes));
        using var longer = new StreamContent(new MemoryStream([.. bytes, 5]));

        Assert.Equal(bytes, await BoundedBody.ReadAsync(content, 4, Ample, TestContext.Current.CancellationToken));
        Assert.Null(await BoundedBody.ReadAsync(longer, 4, Ample, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up()
    {
        var pipe = new Pipe();
        using var content = new StreamContent(pipe.Reader.AsStream());

        var fault = await Assert.ThrowsAsync<HttpRequestException>(
            () => BoundedBody.ReadAsync(content, 4, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken));

        Assert.Contains("had not ended", fault.Message);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_fault_of_the_request()
    {
        var pipe = new Pipe();
        await pipe.Writer.CompleteAsync(new IOException("Connection reset by peer."));
        using var content = new StreamContent(pipe.Reader.AsStream());

        var fault = await Assert.ThrowsAsync<HttpRequestException>(
            () => BoundedBody.ReadAsync(content, 4, Ample, TestContext.Current.CancellationToken));

        Assert.Equal("the answer broke off (Connection reset by peer)", fault.Message);
    }
}
