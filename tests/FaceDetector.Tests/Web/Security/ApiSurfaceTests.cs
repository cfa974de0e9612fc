using System.Text.Json;

namespace FaceEdge.Tests.Web.Security;

public sealed class ApiSurfaceTests
{
    private static readonly string[] Safe = ["get", "head", "options"];

    [Fact(Timeout = 600_000)]
    public async Task No_operation_takes_an_address_to_fetch()
    {
        await using var service = await RunningService.StartAsync();
        var paths = (await service.GetJsonAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().ToArray();

        var unsafeOperations = paths.SelectMany(path => path.Value.EnumerateObject().Where(operation => !Safe.Contains(operation.Name)).Select(operation => $"{operation.Name} {path.Name}"));
        var parameters = paths.SelectMany(path => path.Value.EnumerateObject()).SelectMany(Parameters).Distinct().Order(StringComparer.Ordinal);

        // A picture's bytes, and four settings of which none is an address. Cameras come from the configuration alone.
        Assert.Equal(["post /api/v1/detect", "put /api/v1/settings"], unsafeOperations.Order(StringComparer.Ordinal));
        Assert.Equal(["camera", "fps", "from", "name", "quality", "step", "strict", "to", "width"], parameters);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_setting_of_a_camera_cannot_be_changed_over_HTTP()
    {
        await using var service = await RunningService.StartAsync();

        var answer = await service.Client.PutAsync(
            "/api/v1/settings",
            new StringContent("""{"Cameras:camera:Url":"http://169.254.169.254/"}""", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static IEnumerable<string> Parameters(JsonProperty operation) => operation.Value.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)
        : [];
}
