using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Oci;

public sealed class AuthenticateChallengeTests
{
    [Fact]
    public void The_challenge_of_the_token_specification_is_read()
    {
        var challenge = AuthenticateChallenge.Parse(
            """Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:samalba/my-app:pull,push" """)!;

        Assert.True(challenge.IsBearer);
        Assert.Equal("https://auth.docker.io/token", challenge.Realm);
        Assert.Equal("registry.docker.io", challenge.Service);
        Assert.Equal("repository:samalba/my-app:pull,push", challenge.Parameters["scope"]);
    }

    [Theory]
    [InlineData("basic realm=unquoted , charset=UTF-8", "unquoted")]
    [InlineData("""Basic realm="a \"quoted\" word" """, "a \"quoted\" word")]
    [InlineData("""Basic realm="never closed""", "never closed")]
    public void Odd_challenges_are_read_too(string header, string realm)
    {
        var challenge = AuthenticateChallenge.Parse(header)!;

        Assert.True(challenge.IsBasic);
        Assert.Equal(realm, challenge.Realm);
    }
}
