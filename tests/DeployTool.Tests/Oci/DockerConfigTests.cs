using System.Diagnostics;
using System.Globalization;
using System.Text;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Credentials;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Logins that <c>docker login</c>, its credential helpers and <c>az acr login</c> leave behind.</summary>
public sealed class DockerConfigTests : IDisposable
{
    private const string Host = "registry.example.com";

    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:pass:word"));

    private readonly string _folder = Directory.CreateTempSubdirectory("docker-").FullName;

    [Fact]
    public async Task A_stored_login_is_taken_by_host_or_address()
    {
        Assert.Equal(new RegistryCredentials("ada", "pass:word"), await FindAsync($$$$"""{"auths":{"{{{{Host}}}}":{"auth":"{{{{Basic}}}}"}}}"""));
        Assert.Equal(new RegistryCredentials("ada", "pass:word"), await FindAsync($$$$"""{"auths":{"https://{{{{Host}}}}/v2/":{"auth":"{{{{Basic}}}}"}}}"""));
        Assert.Equal(new RegistryCredentials("ada", "pw"), await FindAsync($$$$"""{"auths":{"https://{{{{Host}}}}":{"username":"ada","password":"pw"}}}"""));
        Assert.Null(await FindAsync($$$$"""{"auths":{"other.example.com":{"auth":"{{{{Basic}}}}"}}}"""));
        Assert.Null(await FindAsync("{}"));
    }

    [Fact]
    public async Task Docker_hub_is_known_by_its_old_address() => Assert.Equal(
        new RegistryCredentials("ada", "pass:word"),
        await FindAsync($$$$"""{"auths":{"https://index.docker.io/v1/":{"auth":"{{{{Basic}}}}"}}}""", "docker.io"));

    [Fact]
    public async Task An_identity_token_goes_before_the_password() => Assert.Equal(
        new RegistryCredentials("", "", "refresh"),
        await FindAsync($$$$"""{"auths":{"{{{{Host}}}}":{"auth":"{{{{Basic}}}}","identitytoken":"refresh"}}}"""));

    [Fact]
    public async Task A_helper_is_asked_for_its_registry_before_anything_else()
    {
        var helper = Helper("""read host; echo "{\"Username\":\"from $host\",\"Secret\":\"s\"}" """);

        Assert.Equal(
            new RegistryCredentials($"from {Host}", "s"),
            await FindAsync($$$$"""{"auths":{"{{{{Host}}}}":{"auth":"{{{{Basic}}}}"}},"credHelpers":{"{{{{Host}}}}":"{{{{helper}}}}"}}"""));
    }

    [Fact]
    public async Task The_store_is_asked_where_no_login_is_stored()
    {
        var store = Helper("""echo '{"ServerURL":"x","Username":"<token>","Secret":"refresh"}' """);

        Assert.Equal(new RegistryCredentials("", "", "refresh"), await FindAsync($$$$"""{"auths":{"{{{{Host}}}}":{}},"credsStore":"{{{{store}}}}"}"""));
        Assert.Equal(
            new RegistryCredentials("ada", "pass:word"),
            await FindAsync($$$$"""{"auths":{"{{{{Host}}}}":{"auth":"{{{{Basic}}}}"}},"credsStore":"{{{{store}}}}"}"""));
    }

    [Fact]
    public async Task A_helper_without_a_login_is_no_error()
    {
        var helper = Helper("echo 'credentials not found in native keychain'; exit 1");

        Assert.Null(await FindAsync($$"""{"credsStore":"{{helper}}"}"""));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"auths":{"registry.example.com":{"auth":"not base64"}}}""")]
    [InlineData("""{"credsStore":"that-nobody-installed"}""")]
    public async Task A_configuration_that_cannot_be_used_is_wrong_input(string config)
    {
        var error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync(config));

        Assert.False(error.IsUnavailable);
    }

    /// <summary>What the helper's script does, and what is reported.</summary>
    public static TheoryData<string, string> Scripts => new()
    {
        { "echo 'ExpiredTokenException: The token is expired.' >&2; exit 1", "ExpiredTokenException: The token is expired (exit code 1)" },
        { "echo 'error getting credentials - locked'; exit 3", "error getting credentials - locked (exit code 3)" },
        { "exit 1", "no word of why (exit code 1)" },
        { "echo 'Warning: keyring locked'; echo '{}'", "Warning: keyring locked" },
        { "echo nonsense", "nonsense" },
        { "echo 'it is locked' >&2", "it is locked" },
        { "true", "it says nothing" },
        { """echo '{"Username":"ada","Secret":"hunter2"' """, "its answer is not JSON" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_helper_that_gives_no_login_is_reported_in_its_words(string script, string words)
    {
        var helper = Helper(script);

        var error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync($$"""{"credsStore":"{{helper}}"}"""));

        Assert.Equal((true, $"docker-credential-{helper} gives no login: {words}"), (error.IsUnavailable, error.Message));
    }

    [Fact]
    public async Task A_helper_that_does_not_end_is_stopped()
    {
        var helper = Helper("sleep 300");

        var error = await Assert.ThrowsAsync<RegistryException>(
            () => CredentialHelper.AskAsync(helper, Host, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));

        Assert.Equal($"docker-credential-{helper} gives no login: no answer within 1 s", error.Message);
    }

    /// <summary>An agent that it started, and that outlives it, holds its streams.</summary>
    [Theory]
    [InlineData("echo 'the vault is sealed' >&2; exit 1", "the vault is sealed (exit code 1)")]
    [InlineData("echo 'the vault is sealed'", "the vault is sealed")]
    public async Task A_helper_that_leaves_a_process_behind_is_reported_in_its_words(string script, string words)
    {
        var agent = Path.Combine(_folder, "agent");
        var helper = Helper($"sleep 300 & echo $! >{agent}; {script}");
        try
        {
            var error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync($$"""{"credsStore":"{{helper}}"}"""));

            Assert.Equal($"docker-credential-{helper} gives no login: {words}", error.Message);
        }
        finally
        {
            using var left = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(agent, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
            left.Kill();
        }
    }

    [Fact]
    public async Task A_helper_that_is_not_there_is_reported_in_the_systems_words()
    {
        var error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync("""{"credsStore":"that-nobody-installed"}"""));

        Assert.Equal("docker-credential-that-nobody-installed cannot be run: No such file or directory", error.Message);
    }

    /// <summary>As Docker has written them over the years.</summary>
    [Theory]
    [InlineData("registry.example.com", Host)]
    [InlineData("http://registry.example.com", Host)]
    [InlineData("https://registry.example.com/", Host)]
    [InlineData("https://registry.example.com/v1/", Host)]
    [InlineData("registry.example.com/v2/", Host)]
    [InlineData("registry.example.com:5000", "registry.example.com:5000")]
    [InlineData("index.docker.io", "docker.io")]
    [InlineData("docker.io", "docker.io")]
    [InlineData("https://registry-1.docker.io/v2/", "docker.io")]
    public async Task A_login_is_found_under_every_spelling_of_its_registry(string key, string registry) => Assert.Equal(
        new RegistryCredentials("ada", "pass:word"), await FindAsync($$$$"""{"auths":{"{{{{key}}}}":{"auth":"{{{{Basic}}}}"}}}""", registry));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task An_empty_file_is_no_login(string config) => Assert.Null(await FindAsync(config));

    [Fact]
    public async Task No_file_is_no_login() =>
        Assert.Null(await new DockerConfig(Path.Combine(_folder, "absent.json")).FindAsync(Host, CancellationToken.None));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<RegistryCredentials?> FindAsync(string config, string registry = Host)
    {
        var path = Path.Combine(_folder, "config.json");
        await File.WriteAllTextAsync(path, config);
        return await new DockerConfig(path).FindAsync(registry, CancellationToken.None);
    }

    /// <summary>A credential helper of its own name on PATH, as a shell script.</summary>
    private static string Helper(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the helper is a shell script");
        var name = $"test-{Guid.NewGuid():N}";
        ExecutableFile.Write(Path.Combine(Helpers.Path, "docker-credential-" + name), $"#!/bin/sh\n[ \"$1\" = get ] || exit 2\n{script}\n");
        return name;
    }

    /// <summary>One folder for the helpers of all tests, which run at once: each adding its own to PATH would take others' away.</summary>
    private static class Helpers
    {
        public static string Path { get; } = AddToPath(Directory.CreateTempSubdirectory("docker-helpers-").FullName);

        private static string AddToPath(string folder)
        {
            Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}{System.IO.Path.PathSeparator}{folder}");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            return folder;
        }
    }
}
