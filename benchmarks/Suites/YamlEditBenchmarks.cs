using System.Text;
using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>One image changed in one manifest: parsed, edited, and parsed again to prove that nothing else changed.</summary>
public class YamlEditBenchmarks
{
    private readonly byte[] _manifest = Encoding.UTF8.GetBytes(ManySites.Manifest(1));

    [Benchmark]
    public object SetImage() => ScalarEdit.Set(_manifest, DetectorManifest.Deployment, DetectorManifest.ImagePath, ManySites.NewImage);
}
