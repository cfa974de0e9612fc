namespace FaceEdge.Pipeline.Tests;

/// <summary>build/image with the Dockers that there are.</summary>
public sealed class DockerBuildTests
{
    private static readonly string[] Push = ["--engine", "docker", "--repository", "registry.example.com/a", "--tag", "1.0", "--push"];

    [Fact]
    public async Task A_builder_that_can_attest_is_made_and_named_before_the_first_push()
    {
        using var docker = new FakeDocker();

        var build = await docker.BuildAsync(null, Push);

        Assert.Equal((0, $"registry.example.com/a:1.0@sha256:{7:D64}\n"), (build.ExitCode, build.Output));
        Assert.Contains("default buildx create --name faceedge --driver docker-container --driver-opt network=host", build.Calls);
        var last = build.Calls[^1];
        Assert.Contains("buildx build --platform linux/amd64,linux/arm64 ", last, StringComparison.Ordinal);
        Assert.Contains(
            "--provenance=mode=max --sbom=true --output type=image,name=registry.example.com/a:1.0,push=true,rewrite-timestamp=true,", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_builder_that_is_there_is_used_again()
    {
        using var docker = new FakeDocker().WithBuilder("docker-container", "v0.15.0");

        var build = await docker.BuildAsync(null, Push);

        Assert.Equal(0, build.ExitCode);
        Assert.DoesNotContain(build.Calls, call => call.Contains("buildx create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_for_this_machine_needs_no_name_and_no_registry()
    {
        using var docker = new FakeDocker();

        var build = await docker.BuildAsync(null, "--engine", "docker");

        Assert.Equal((0, "face-detector:local\n"), (build.ExitCode, build.Output));
        Assert.Contains("--output type=docker,name=face-detector:local,rewrite-timestamp=true", build.Calls[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(',', build.Calls[^1].Split("--platform ")[1].Split(' ')[0]);
        Assert.Contains("VERSION=0.0.0-local ", build.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_and_push_go_to_the_one_engine_whose_socket_lies_in_the_home_folder()
    {
        using var docker = new FakeDocker().WithoutAnswer("Cannot connect to the Docker daemon at unix:///var/run/docker.sock.").WithSocketInHome();

        var build = await docker.BuildAsync("secret", Push);

        Assert.Equal((0, ""), (build.ExitCode, build.Error.Replace("build/image: making the builder faceedge\n", "", StringComparison.Ordinal)));
        var engine = $"unix://{docker.SocketInHome}";
        Assert.All(
            build.Calls.Where(call => !call.Contains(" version ", StringComparison.Ordinal)), call => Assert.StartsWith(engine + " ", call, StringComparison.Ordinal));
        Assert.Contains($"{engine} login --username pusher --password-stdin registry.example.com", build.Calls);
        Assert.Equal($"{engine} logout registry.example.com", build.Calls[^1]);
    }

    [Fact]
    public async Task A_refused_login_is_reported_in_the_registrys_words()
    {
        using var docker = new FakeDocker().WithRefusedLogin(
            "WARNING! Your credentials are stored unencrypted\nError response from daemon: Get \"https://registry.example.com/v2/\": unauthorized: account is locked");

        var build = await docker.BuildAsync("secret", Push);

        Assert.Equal(
            (1, "build/image: registry.example.com refuses the login of DEPLOY_TOOL_REGISTRY_USERNAME: Get \"https://registry.example.com/v2/\": unauthorized: account is locked\n"),
            (build.ExitCode, build.Error));
    }

    [Theory]
    [InlineData(null, "docker has no buildx: install the plugin docker-buildx, which Docker Desktop and Docker's own packages bring along")]
    [InlineData("v0.9.1", "docker buildx v0.9.1 is too old: 0.10 or newer is needed")]
    public async Task A_Docker_that_lacks_what_is_needed_is_named(string? buildx, string fault)
    {
        using var docker = new FakeDocker().WithBuildx(buildx);

        var build = await docker.BuildAsync(null, Push);

        Assert.Equal((3, $"build/image: {fault}\n"), (build.ExitCode, build.Error));
    }

    [Fact]
    public async Task An_engine_that_is_asked_for_and_does_not_answer_is_reported_in_Dockers_words()
    {
        using var docker = new FakeDocker().WithoutAnswer("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");

        var build = await docker.BuildAsync(null, Push);

        Assert.Equal(
            (3, "build/image: no Docker engine answers: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n"),
            (build.ExitCode, build.Error));
    }

    [Theory]
    [InlineData("docker-container", "v0.12.5", "BuildKit v0.12.5 of the builder faceedge is too old: run 'docker buildx rm faceedge', and one with 0.15 or newer is made")]
    [InlineData("docker", "v0.17.0", "the builder faceedge is Docker's own, which gives layers no time stamp: unset BUILDX_BUILDER, and a builder named faceedge is made")]
    public async Task A_builder_that_cannot_give_layers_one_time_stamp_is_named(string driver, string buildKit, string fault)
    {
        using var docker = new FakeDocker().WithBuilder(driver, buildKit);

        var build = await docker.BuildAsync(null, Push);

        Assert.Equal((2, $"build/image: {fault}\n"), (build.ExitCode, build.Error));
    }

    [Fact]
    public async Task Several_platforms_without_a_registry_are_refused_before_anything_is_built()
    {
        using var docker = new FakeDocker();

        var build = await docker.BuildAsync(null, "--engine", "docker", "--platforms", "linux/amd64,linux/arm64");

        Assert.Equal(2, build.ExitCode);
        Assert.StartsWith(
            "build/image: Docker keeps an image of several platforms in a registry only: add --push, or --platforms linux/", build.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(build.Calls, call => call.Contains("buildx build", StringComparison.Ordinal));
    }
}
