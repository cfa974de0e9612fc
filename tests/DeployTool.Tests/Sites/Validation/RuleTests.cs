using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites.Validation;

public sealed class RuleTests
{
    private const string Detector = "qa/face-detector.yaml";
    private const string Agent = "qa/telemetry.yaml";
    private const string Host = "qa/configureHost.yaml";
    private const string Vm = "qa/vm.yaml";
    private const string MetalLb = "qa/metallb.yaml";

    /// <summary>Rule, file, text to replace, replacement, and a part of the finding, which begins with its place where the place is given.</summary>
    public static TheoryData<string, string, string, string?, string> BrokenCopies => new()
    {
        { "FE1001", Host, "kind: HostConfiguration", "kind: [", "6:7: FE1001: ',' or ']' is expected here, in what the '[' of line 4 begins" },
        { "FE1002", Vm, "", null, "1:1: FE1002: the file is missing" },
        { "FE1003", Detector, "  replicas: 1\n", "  replicas: 1\n  replicas: 2\n", ":3: FE1003: the key 'replicas' stands in this mapping twice" },
        { "FE1004", Host, "name: host-name", "name: time", "HostConfiguration/time: is described in qa/configureHost.yaml:3 already" },
        { "FE1005", "environments.yaml", "maximumAge: 7d", "maximumAge: soon", "'soon' must be a duration" },
        { "FE1006", "environments.yaml", "name: uat", "name: staging", "the environment 'staging' has no site" },
        { "FE1007", "rollout.yaml", "environment: production", "environment: prod", "6:18: FE1007: rollouts[0].environment: 'prod' is no environment of environments.yaml" },
        { "FE1007", "rollout.yaml", "percent: 100", "percent: 50", "the last wave must take every site" },
        { "FE2001", Detector, "apiVersion: apps/v1", "apiVersion: extensions/v1beta1", "'extensions/v1beta1 Deployment' is not a kind" },
        { "FE2002", Detector, "      enableServiceLinks: false", "      enableServicelinks: false", ":7: FE2002: Deployment/face-detector: spec.template.spec.enableServicelinks is not a field that the schema knows; did you mean enableServiceLinks?" },
        { "FE2002", Detector, "prometheus.io/port: '8080'", "prometheus.io/port: 8080", "8080 is a number, but it must be a text; quote it: '8080'" },
        { "FE2002", Detector, "replicas: 1", "replicas: one", "spec.replicas: one is a text, but it must be a whole number" },
        { "FE2002", Detector, "cpu: 500m", "cpu: half", "half is a text, but it must be a quantity" },
        { "FE2002", Detector, "    - name: http\n      port: 80\n", "    - name: http\n", "spec.ports[0].port is missing" },
        { "FE2002", Host, "layertype: Incremental", "layertype: Full", "spec.layertype: 'Full' must be one of Incremental" },
        { "FE2002", Vm, "powerState: poweredOn", "powerState: on", "is a boolean, but it must be a text" },
        { "FE2002", MetalLb, "    - 192.0.2.10-192.0.2.19", "    range: 192.0.2.10", "spec.addresses must be a list" },
        { "FE2002", MetalLb, "interval: 1h", "interval: hourly", "'hourly' must be a duration" },
        { "FE2003", Vm, "name: site-small", "name: Site_Small", "'Site_Small' is not a valid name" },
        { "FE2004", MetalLb, "  name: metallb\n  namespace: metallb-system\n", "  name: metallb\n", "HelmRepository/metallb: has no namespace" },
        { "FE2004", Detector, "  name: face-detector\n  namespace: face-detector\n", "  name: face-detector\n  namespace: elsewhere\n", "in the namespace 'elsewhere', which this site does not have" },
        { "FE3001", Detector, "        - name: face-detector\n          image", "        - name: detector\n          image", "has no container face-detector" },
        { "FE3002", Detector, "face-detector:0.1.0@", "face-detector:latest@", "is not pinned to a version by tag and digest" },
        { "FE3002", Detector, "registry.example.com/faceedge/", "registry.example.com/other/", "'registry.example.com/other/face-detector' is not the image of environments.yaml" },
        { "FE3003", Detector, "imagePullPolicy: IfNotPresent", "imagePullPolicy: Always", "asks the registry at each start" },
        { "FE3004", Detector, "path: /readyz", "path: /", "container face-detector has no readinessProbe on /readyz" },
        { "FE3005", Detector, "              memory: 512Mi\n", "", "has no resources.limits.memory" },
        { "FE3006", Detector, "        runAsNonRoot: true\n        runAsUser: 1654", "        runAsUser: 0", "runs as user 0" },
        { "FE3007", Detector, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "can write to its root file system" },
        { "FE3008", Detector, "                - ALL", "                - NET_RAW", "keeps capabilities" },
        { "FE3008", Detector, "allowPrivilegeEscalation: false", "privileged: true", "is privileged" },
        { "FE3008", Detector, "          emptyDir:\n            sizeLimit: 64Mi", "          hostPath:\n            path: /tmp", "mounts a path of the host: volume tmp" },
        { "FE3009", Detector, "        seccompProfile:\n          type: RuntimeDefault\n", "", "runs without a seccomp profile" },
        { "FE3010", Detector, "enforce: restricted", "enforce: baseline", "does not enforce the level restricted" },
        { "FE3011", Detector, "    matchLabels:\n      app.kubernetes.io/name: face-detector", "    matchLabels:\n      app: face-detector", "does not match the labels of its own pods" },
        { "FE3012", Detector, "Detector__Mode: ''", "Detector__Mode: eyes", "does not match the settings" },
        { "FE3013", Detector, "Detector__Mode: ''", "Detector__Mode: faces", "Detector__Mode = 'faces': allowed is face or eyes" },
        { "FE3013", Detector, "  Site__Name:", "  Site__Nmae:", "'Site__Nmae' is not a setting of the service" },
        { "FE3014", Detector, "                optional: true".Insert(0, "  "), "                  optional: false", "refers to Secret/face-detector-camera, which this site does not have" },
        { "FE3014", Detector, "        - name: tmp\n          emptyDir", "        - name: temporary\n          emptyDir", "mounts the volume 'tmp', which the pod does not have" },
        { "FE3015", Detector, "              value: registry.example.com/faceedge/face-detector:0.1.0@", "              value: registry.example.com/faceedge/face-detector:0.0.9@", "says that it runs another image than it does" },
        { "FE4001", Detector, "  selector:\n    app.kubernetes.io/name: face-detector\n  ports", "  selector:\n    app: face-detector\n  ports", "selects no pods of this site" },
        { "FE4002", Detector, "targetPort: http", "targetPort: 8081", "forwards to the port '8081'" },
        { "FE4003", Detector, "address-pool: site", "address-pool: other", "asks for the pool 'other'" },
        { "FE4003", MetalLb, "  ipAddressPools:\n    - site", "  ipAddressPools:\n    - other", "its pool 'site' is announced by no L2Advertisement" },
        { "FE4004", MetalLb, "192.0.2.10-192.0.2.19", "192.0.2.19-192.0.2.10", "is not a range of addresses" },
        { "FE4005", MetalLb, "    - 192.0.2.10-192.0.2.19", "    - 192.0.2.10-192.0.2.19\n    - 192.0.2.16/28", "192.0.2.16/28 overlaps 192.0.2.10-192.0.2.19" },
        { "FE4006", MetalLb, "enforce: privileged", "enforce: baseline", "does not enforce the level privileged" },
        { "FE4007", MetalLb, "version: 0.14.9", "version: '>=0.14'", "its chart has no single version" },
        { "FE5001", Host, "namespace: esx-system", "namespace: default", "is not in the namespace esx-system" },
        { "FE5002", Host, "\"protocol\": \"NTP\",", "\"protocol\": \"NTP\"", "17:1: FE5002: HostConfiguration/time: the profile is not JSON" },
        { "FE5003", Vm, "className: site-small", "className: site-large", "is of the class 'site-large'" },
        { "FE5004", Vm, "imageName: images", "imageName: https://images", "is not the path of an OVA file without a scheme" },
        { "FE5005", Vm, "configMapName: site-tools-user-data", "configMapName: other", "takes its user data from ConfigMap/other" },
        { "FE6001", Detector, "kind: ConfigMap\nmetadata:\n  name: face-detector\n", "kind: Secret\nmetadata:\n  name: face-detector\n", "holds its values in clear text" },
        { "FE6002", Detector, "            - name: FACEEDGE_MODEL_CACHE\n              value: /var/cache/faceedge", "            - name: OTHER_URL\n              value: rtsp://admin:hunter2@192.0.2.9/stream", "an address with a password stands here in clear text" },
        { "FE6002", Vm, "lock_passwd: true", "passwd: $6$abcdefgh$0123456789abcdef0123456789", "stands here in clear text" },
        { "FE6002", Vm, "groups: [adm]", "{name: x, passwd: hunter2, lock_passwd: true}", "a value for 'passwd' stands here in clear text" },
        { "FE6002", Detector, "            # Without the Secret", "            # rtsp://admin:hunter2@camera.example.com", "an address with a password stands here" },
        { "FE6003", Agent, "          credentials_file: /etc/telemetry-agent-secret/token", "          credentials: hunter2", "a value for 'credentials' stands here in clear text" },
        { "FE6003", Agent, "            secretName: face-detector-telemetry\n            optional: true", "            secretName: face-detector-telemetry", "does not start without Secret/face-detector-telemetry" },
        { "FE7001", Agent, "      - url: https://telemetry", "      - url: http://telemetry", "the address to send to is not an https one" },
        { "FE7001", Agent, "        metadata_config:\n", "        metadata_config: [\n", "the configuration is not YAML" },
        { "FE7001", Agent, "        metadata_config:\n", "      - url: https://other.example.com/api/v1/write\n        metadata_config:\n", "sends to 2 addresses" },
        { "FE7002", Agent, "            - name: SITE\n              value: qa", "            - name: SITE\n              value: berlin-01", "SITE is 'berlin-01', but the folder says 'qa'" },
        { "FE7002", Agent, "            - name: ENVIRONMENT\n              value: qa", "            - name: STAGE\n              value: qa", "has no variable ENVIRONMENT" },
        { "FE7003", Agent, "          emptyDir:\n            sizeLimit: 64Mi\n---\n# Each pod", "          emptyDir: {}\n---\n# Each pod", "keeps what it has not sent where nothing bounds it" },
    };

    [Theory]
    [MemberData(nameof(BrokenCopies))]
    public void A_broken_copy_is_caught_by_its_rule(string rule, string file, string text, string? replacement, string expected)
    {
        using var folder = new SiteFolder();
        folder.Replace(file, text, replacement);

        var findings = SiteValidator.Run(folder.Tree, file.StartsWith("qa/", StringComparison.Ordinal) ? ["qa"] : []).Findings;

        Assert.Contains(findings, one => one.Rule == rule && one.File.Split('/')[0] == file.Split('/')[0] && one.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(findings, one => one.Message.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_broken_copy() =>
        Assert.Empty(RuleCatalogue.All.Select(rule => rule.Id).Except(BrokenCopies.Select(row => row.Data.Item1)).Except(FleetRuleTests.Covered));

    [Fact]
    public void Rule_ids_are_unique() => Assert.Equal(RuleCatalogue.All.Count, RuleCatalogue.All.DistinctBy(rule => rule.Id).Count());

    [Fact]
    public void The_sites_of_this_repository_are_clean()
    {
        var report = SiteValidator.Run(new(Path.Combine(Fleet.RepositoryRoot, "sites")), []);

        // Until the first promotion the sites run another image than a policy that was fitted to a registry names.
        Assert.Equal([], report.Findings.Where(one => one.Rule != "FE3002").Select(one => one.ToString()));
        Assert.NotEqual(0, report.Sites);
    }
}
