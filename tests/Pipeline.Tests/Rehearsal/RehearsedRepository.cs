using FaceEdge.Deploy.Git;
using FaceEdge.TestFleet;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>
/// A repository with this one's azure-pipelines.yml, templates and steps, and a fleet of three sites. Its gates and its image take
/// seconds: the latency gate measures a scripted runner, the accuracy gate judges a written evaluation, and the image is packed of the
/// face-detector that was built with the tests. What follows the image is the real pipeline.
/// </summary>
internal sealed class RehearsedRepository : IDisposable
{
    /// <summary>How slow the candidate is, in nanoseconds; what it is compared with takes 1,000,000.</summary>
    public const string Nanoseconds = "trial/nanoseconds";

    public const string Evaluation = "trial/evaluation.json";
    public const string Platforms = "trial/platforms";
    public const string Tool = "trial/deploy-tool";
    public const string Settings = "face-detector/appsettings.json";

    private static readonly string[] Taken = ["azure-pipelines.yml", "global.json", "pipelines", Settings];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-rehearsed-");

    public string Root => _folder.FullName;

    public static async Task<RehearsedRepository> CreateAsync()
    {
        var repository = new RehearsedRepository();
        var tracked = await new GitProcess(Repository.Root).RunAsync(CancellationToken.None, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", .. Taken]);
        foreach (var path in tracked.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Repository.Root, path))))
        {
            var target = Path.Combine(repository.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, path), target);
        }

        foreach (var (path, text) in Fleet.Files())
        {
            repository.Write($"sites/{path}", text);
        }

        repository.Write("pipelines/build.yml", QuickStages);
        repository.WriteScript("pipelines/steps/quick-gates", QuickGates);
        repository.WriteScript("pipelines/steps/quick-image", QuickImage);
        repository.WriteScript("trial/runner", ScriptedRunner);
        repository.WriteScript(Tool, PatientTool.Replace("DEPLOY_TOOL", Path.Combine(AppContext.BaseDirectory, "deploy-tool"), StringComparison.Ordinal));
        repository.Write(Nanoseconds, "1000000\n");
        repository.Write(Evaluation, Evaluated("Passed", "As many faces as before."));
        repository.Write(Platforms, "linux/amd64\nlinux/arm64\n");
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        await repository.CommitAsync("Begin");
        return repository;
    }

    public static string Evaluated(string decision, string reason) =>
        """{"report":{"model":"faceedge-n","modelSha256":"00","labelsSha256":"00","inputSide":320,"pictures":9,"sizes":[{"size":"all","faces":9,"averagePrecision":0.75,"recallAtPrecision95":0.5}],"millisecondsPerPicture":4.5},"gate":{"decision":"DECISION","reason":"REASON","changes":{}}}"""
            .Replace("DECISION", decision, StringComparison.Ordinal).Replace("REASON", reason, StringComparison.Ordinal);

    public static string SettingsWith(string mode, string background) =>
        """{"Logging":{"LogLevel":{"Default":"Information","Microsoft.AspNetCore":"Warning"}},"Detector":{"Mode":"MODE"},"Page":{"Background":"COLOUR"}}"""
            .Replace("MODE", mode, StringComparison.Ordinal).Replace("COLOUR", background, StringComparison.Ordinal);

    public void Write(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgSign=false", "commit", "--quiet", "-m", message);
    }

    public async Task ChangeAsync(string path, string content)
    {
        Write(path, content);
        await CommitAsync($"Change {path}");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteScript(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        ExecutableFile.Write(full, content);
    }

    private Task<string> GitAsync(params string[] arguments) => new GitProcess(Root).RunAsync(CancellationToken.None, arguments);

    private const string QuickStages = """
        parameters:
          - { name: agentPool, type: string }
          - { name: agentName, type: string }
          - { name: imageRepository, type: string }
          - { name: imageEngine, type: string }
          - { name: latencyBase, type: string }
          - { name: latencyBlocks, type: number }
          - { name: evaluationSet, type: string }
        stages:
          - stage: gates
            displayName: Latency and accuracy
            jobs:
              - job: gates
                steps:
                  - template: prepare.yml
                  - bash: pipelines/steps/quick-gates
                    displayName: Judge latency and accuracy
                  - publish: $(Build.ArtifactStagingDirectory)/evidence-latency
                    artifact: evidence-latency
                  - publish: $(Build.ArtifactStagingDirectory)/evidence-accuracy
                    artifact: evidence-accuracy
          - stage: image
            displayName: Multi-architecture image
            dependsOn: gates
            jobs:
              - job: image
                steps:
                  - template: prepare.yml
                  - bash: pipelines/steps/quick-image
                    displayName: Pack and push
                    env:
                      IMAGE_REPOSITORY: ${{ parameters.imageRepository }}
                  - bash: pipelines/steps/verify-image
                    displayName: Prove both architectures
                  - publish: $(Build.ArtifactStagingDirectory)/image
                    artifact: image
        """;

    private const string QuickGates = """
        #!/usr/bin/env bash
        . "$(dirname "$0")/lib.sh"
        content=$(git log -1 --format=%H -- face-detector trial)
        mkdir -p "$output/evidence-latency" "$output/evidence-accuracy"
        tool gate --base-command "trial/runner 1000000" --head-command "trial/runner $(cat trial/nanoseconds)" --head "$content" --blocks 10 --looks 1 --turns 1 \
          --report "$scratch/latency" || fail "the latency gate says no: $(summary "$scratch/latency/latency-gate.json")"
        tool gate --accuracy trial/evaluation.json --head "$content" --report "$scratch/accuracy" ||
          fail "the accuracy gate says no: $(summary "$scratch/accuracy/accuracy-gate.json")"
        cp "$scratch/latency/latency-gate.json" "$output/evidence-latency/"
        cp "$scratch/accuracy/accuracy-gate.json" "$output/evidence-accuracy/"
        """;

    /// <summary>Equal content gives an equal digest: the labels name the commit that last changed the content.</summary>
    private const string QuickImage = """
        #!/usr/bin/env bash
        . "$(dirname "$0")/lib.sh"
        need IMAGE_REPOSITORY
        need FACE_DETECTOR
        content=$(git log -1 --format=%H -- face-detector trial)
        mkdir -p "$scratch/libraries/app/runtimes" "$scratch/application/app" "$output/image"
        find "$FACE_DETECTOR" -mindepth 1 -maxdepth 1 ! -name runtimes ! -name '*.pdb' ! -name '*.xml' -exec cp -a {} "$scratch/libraries/app/" \;
        cp -a "$FACE_DETECTOR/runtimes/linux-$(case $(uname -m) in aarch64 | arm64) echo arm64 ;; *) echo x64 ;; esac)" "$scratch/libraries/app/runtimes/"
        find "$scratch/libraries" -name 'libOpenCv*' -delete
        cp face-detector/appsettings.json "$scratch/application/app/"
        layers=()
        while read -r platform; do layers+=(--layer "$platform=$scratch/libraries" --layer "$platform=$scratch/application"); done <trial/platforms
        tool pack-image "$IMAGE_REPOSITORY:$BUILD_BUILDNUMBER" "${layers[@]}" --label "org.opencontainers.image.revision=$content" \
          --entrypoint /app/face-detector || fail "the image was not packed: $(why)"
        tail -n 1 "$scratch/output" >"$output/image/image.txt"
        """;

    /// <summary>deploy-tool, but how fast a site answers is not asked: that depends on what else the machine does.</summary>
    private const string PatientTool = """
        #!/bin/sh
        case $1 in check-site) exec DEPLOY_TOOL "$@" --p95 60000 ;; *) exec DEPLOY_TOOL "$@" ;; esac
        """;

    /// <summary>Speaks the latency runner's protocol and answers every turn with the same samples.</summary>
    private const string ScriptedRunner = """
        #!/bin/sh
        echo '{"protocol":"faceedge-latency/1","machine":{"cpu":"Scripted","cores":2,"os":"Linux","architecture":"X64","runtime":".NET 10"},"benchmarks":[{"name":"detect","samplesPerTurn":2}]}'
        while read -r line; do echo "{\"nanoseconds\":[$1,$1],\"cpuNanoseconds\":[$1,$1],\"allocatedBytes\":0}"; done
        """;
}
