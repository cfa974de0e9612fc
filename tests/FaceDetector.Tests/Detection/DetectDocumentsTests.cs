using FaceEdge.Contracts;
using FaceEdge.Detection;

namespace FaceEdge.Tests.Detection;

public sealed class DetectDocumentsTests
{
    [Theory]
    [InlineData(10, 20, 30, 40, 10, 20, 30, 40)]
    [InlineData(-10, -5, 30, 40, 0, 0, 20, 35)]
    [InlineData(90, 70, 30, 40, 90, 70, 10, 10)]
    [InlineData(-10, -10, 500, 500, 0, 0, 100, 80)]
    [InlineData(120, -50, 30, 40, 100, 0, 0, 0)]
    [InlineData(33.3333, 79.999, 66.6666, 1, 33.33, 80, 66.67, 0)]
    public void A_box_is_cut_at_the_edges_of_the_frame(float x, float y, float width, float height, float cutX, float cutY, float cutWidth, float cutHeight) =>
        Assert.Equal(new BoxDto(cutX, cutY, cutWidth, cutHeight), DetectDocuments.ToDocument(new Box(x, y, width, height), 100, 80));
}
