namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>A front that answers request after request from a script, over and over.</summary>
internal sealed class FuzzFront : IAsyncDisposable
{
    private readonly RegistryFront _front;
    private FuzzAnswer[] _script = [];
    private int _next;

    public FuzzFront() => _front = new RegistryFront(context =>
    {
        var script = Volatile.Read(ref _script);
        var answer = script[Interlocked.Increment(ref _next) % script.Length];
        context.Response.StatusCode = answer.Status;
        if (answer.Challenge.Length > 0)
        {
            context.Response.Headers["WWW-Authenticate"] = answer.Challenge;
        }

        if (answer.ContentType.Length > 0)
        {
            context.Response.ContentType = answer.ContentType;
        }

        if (answer.Digest.Length > 0 && answer.Digest.All(character => char.IsAscii(character) && !char.IsControl(character)))
        {
            context.Response.Headers["Docker-Content-Digest"] = answer.Digest;
        }

        if (context.Request.HttpMethod != "HEAD" && answer.Status is not (204 or 304))
        {
            if (answer.BreaksOff)
            {
                return RegistryFront.BrokenOff(context, answer.ContentType, answer.Body);
            }

            context.Response.ContentLength64 = answer.Body.Length;
            context.Response.OutputStream.Write(answer.Body);
        }

        return true;
    });

    public string Name => _front.Name;

    public void Script(FuzzAnswer[] answers)
    {
        _front.Requests.Clear();
        Volatile.Write(ref _script, answers);
    }

    public ValueTask DisposeAsync() => _front.DisposeAsync();
}

/// <summary>One answer of a script.</summary>
internal sealed record FuzzAnswer(int Status, string ContentType, byte[] Body, string Digest, string Challenge, bool BreaksOff);
