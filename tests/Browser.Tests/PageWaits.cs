using System.Text;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>What tests of the page wait for and read again and again.</summary>
internal static class PageWaits
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Until a text is in an element, whole.</summary>
    public static Task<IJSHandle> TextAsync(this IPage page, string id, string text) => page.WaitForFunctionAsync(
        "([id, text]) => document.getElementById(id).textContent === text", new[] { id, text });

    /// <summary>Until so many cameras have drawn a frame.</summary>
    public static Task<IJSHandle> DrawnAsync(this IPage page, int cameras) => page.WaitForFunctionAsync(
        """
        cameras => {
            const tiles = [...document.querySelectorAll(".tile:not([hidden])")];
            return tiles.length === cameras && tiles.every(tile => {
                const canvas = tile.querySelector("canvas");
                const middle = canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
                return middle[0] + middle[1] + middle[2] > 0;
            });
        }
        """,
        cameras);

    /// <summary>What a script finds wrong, once the page has settled: a remark that comes or goes moves what stands around it.</summary>
    /// <param name="script">A function that returns faults; none are waited for.</param>
    public static async Task<string[]> FaultsAsync(this IPage page, string script)
    {
        try
        {
            await page.WaitForFunctionAsync($"() => ({script})().length === 0");
        }
        catch (TimeoutException)
        {
            // The faults themselves tell more.
        }

        return await page.EvaluateAsync<string[]>(script);
    }

    /// <summary>The names of the cameras in view.</summary>
    public static Task<string[]> InViewAsync(this IPage page) =>
        page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.tile:not([hidden]) .name')].map(name => name.textContent)");

    /// <summary>What has the focus: its accessible name, or its element.</summary>
    public static Task<string> FocusedAsync(this IPage page) =>
        page.EvaluateAsync<string>("() => document.activeElement.textContent.trim() || document.activeElement.ariaLabel || document.activeElement.tagName");

    /// <summary>Changes settings as another program would.</summary>
    public static async Task PutAsync(this RunningService service, string settings) => (await service.Client.PutAsync(
        "/api/v1/settings", new StringContent(settings, Encoding.UTF8, "application/json"), Cancellation)).EnsureSuccessStatusCode();
}
