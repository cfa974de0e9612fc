using FaceEdge.Deploy.Gates;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class GatedPathsTests
{
    [Theory]
    [InlineData("face-detector/Core/Detection/FaceDetector.cs", true)]
    [InlineData("face-detector/Models/catalogue.yaml", true)]
    [InlineData("Directory.Packages.props", true)]
    [InlineData("Dockerfile", true)]
    [InlineData("face-detector/README.md", false)]
    [InlineData("face-detector/training/train.py", false)]
    [InlineData("docs/benchmarks.md", false)]
    [InlineData("sites/qa/face-detector.yaml", false)]
    [InlineData("deploy-tool/Program.cs", false)]
    [InlineData("tests/face-detector/a.cs", false)]
    [InlineData("", false)]
    public void Only_what_the_image_is_made_of_is_gated(string path, bool gated) => Assert.Equal(gated, GatedPaths.Affects(path));
}
