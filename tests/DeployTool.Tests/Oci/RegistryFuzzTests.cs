using System.Globalization;
using System.Text;
using CsCheck;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>
/// Answers that no registry should give. A proof comes out, or an error with an exit code; never another exception, and never a proof of
/// an index that lacks a platform. Longer with <c>DEPLOY_TOOL_FUZZ_SECONDS</c>.
/// </summary>
public sealed class RegistryFuzzTests
{
    private static readonly string[] Required = ["linux/amd64", "linux/arm64"];

    private static int Seconds => FuzzTime.Seconds(2);

    private static readonly Gen<string> Digests =
        Gen.OneOf(
            Gen.Char["0123456789abcdef"].Array[64].Select(hex => "sha256:" + new string(hex)),
            OneOf("sha256:", "sha256:zz", "sha512:" + new string('a', 64), "md5:0", "", "sha256:" + new string('A', 64)),
            Gen.String[0, 80]);

    private static readonly Gen<string> Words =
        Gen.OneOf(OneOf("linux", "amd64", "arm64", "v8", "unknown", "windows", MediaTypes.OciManifest, MediaTypes.OciIndex), Gen.String[0, 12]);

    private static readonly Gen<string> Values = Gen.OneOf(
        Words.Select(Quote),
        Digests.Select(Quote),
        Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        OneOf("null", "true", "[]", "{}", "1e999", "-0", "\"\\ud800\"", "[[[[[[]]]]]]"));

    private static readonly Gen<string> Rows = Gen.Select(Values, Values, Values, Values, Values, Values).Select(
        (mediaType, digest, size, os, architecture, extra) =>
            $$$"""{"mediaType":{{{mediaType}}},"digest":{{{digest}}},"size":{{{size}}},"platform":{"os":{{{os}}},"architecture":{{{architecture}}},"variant":{{{extra}}}},"annotations":{"vnd.docker.reference.type":{{{extra}}}}}""");

    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Gen.Select(Rows.Array[0, 5], Values).Select((rows, mediaType) =>
            Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":{{mediaType}},"manifests":[{{string.Join(",", rows)}}]}""")),
        Values.Select(Encoding.UTF8.GetBytes),
        Gen.Byte.Array[0, 200]);

    [Fact]
    public void Reading_an_index_gives_an_index_or_a_fault()
    {
        Bodies.Sample(
            body =>
            {
                var index = ImageIndex.Read(body, out var fault);
                Assert.True(index is null == fault is not null);
            },
            time: Seconds,
            iter: long.MaxValue);
    }

    [Fact]
    public void Reading_a_challenge_or_a_token_never_throws()
    {
        Gen.Select(Gen.OneOf(Gen.String[0, 100], Gen.Char["Bearerlm=\"\\, /:"].Array[0, 60].Select(text => new string(text))), Bodies).Sample(
            (header, body) =>
            {
                _ = AuthenticateChallenge.Parse(header);
                _ = RegistryToken.Read(body);
            },
            time: Seconds,
            iter: long.MaxValue);
    }

    [Fact]
    public async Task Verifying_against_any_answers_ends_in_a_proof_or_an_exit_code()
    {
        var answers = Gen.Select(
            OneOf(200, 200, 200, 200, 206, 301, 304, 400, 401, 403, 404, 418, 429, 500),
            Gen.OneOf(OneOf(MediaTypes.Accepted), OneOf("", "text/html", "application/json; charset=utf-8")),
            Bodies,
            Gen.OneOf(Digests, OneOf("")),
            OneOf("Bearer realm=\"http://localhost:1/\"", "Basic", "Bearer", "", "Bearer realm=\"\""),
            Gen.Int[0, 15].Select(number => number == 0),
            (status, contentType, body, digest, challenge, breaksOff) => new FuzzAnswer(status, contentType, body, digest, challenge, breaksOff));
        await using var front = new FuzzFront();
        var count = 0;
        answers.Array[1, 6].Sample(
            sequence =>
            {
                front.Script(sequence);
                using var client = new RegistryClient(new RegistryHttp(
                    new RegistryClientOptions((_, _) => Task.FromResult<RegistryCredentials?>(null), Insecure: false), new InstantTime()));
                try
                {
                    var proof = new ImageVerifier(client, new Progress<string>())
                        .VerifyAsync(ImageReference.Parse($"{front.Name}:1"), Required, CancellationToken.None).GetAwaiter().GetResult();
                    Assert.True(!proof.Proved || Required.All(platform => proof.Platforms.Any(one => one.Platform == platform)));
                }
                catch (RegistryException exception)
                {
                    Assert.True(exception.IsUnavailable);
                }

                Interlocked.Increment(ref count);
            },
            time: Seconds,
            iter: long.MaxValue,
            threads: 1);
        TestContext.Current.SendDiagnosticMessage($"{count} verifications");
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
