using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Oci;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("arm64", "linux/arm64")]
    [InlineData("LINUX/amd64", "linux/amd64")]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("linux/amd64/v1", "linux/amd64")]
    [InlineData("linux/amd64/v3", "linux/amd64/v3")]
    [InlineData("linux/x86_64", "linux/amd64")]
    [InlineData("aarch64", "linux/arm64")]
    [InlineData("linux/arm", "linux/arm/v7")]
    [InlineData("linux/armhf", "linux/arm/v7")]
    [InlineData("macos/arm64", "darwin/arm64")]
    public void A_platform_has_one_name_whatever_spelling_it_is_given_in(string text, string name)
    {
        Assert.True(Platform.TryParse(text, out var platform, out _));
        Assert.Equal(name, platform.ToString());
    }

    [Theory]
    [InlineData("linux/arm65", "'linux/arm65' names no architecture that is known")]
    [InlineData("linus/arm64", "'linus/arm64' names no operating system that is known")]
    [InlineData("", "'' names no architecture that is known")]
    [InlineData("linux/arm/seven", "'linux/arm/seven' has a variant that is no version")]
    [InlineData("a/b/c/d", "'a/b/c/d' names no operating system that is known")]
    public void What_is_no_platform_is_refused(string text, string fault)
    {
        Assert.False(Platform.TryParse(text, out _, out var reported));
        Assert.StartsWith(fault, reported, StringComparison.Ordinal);
    }
}
