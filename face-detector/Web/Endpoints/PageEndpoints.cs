using Microsoft.Extensions.FileProviders;

namespace FaceEdge.Web.Endpoints;

/// <summary>The page: files that are part of the program, so that it runs from anywhere and needs nothing of the network.</summary>
internal static class PageEndpoints
{
    public static void UsePage(this IApplicationBuilder app)
    {
        var files = new EmbeddedFileProvider(typeof(PageEndpoints).Assembly, "FaceEdge.Web.wwwroot");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,

            // A page of the version before must not talk to this one.
            OnPrepareResponse = static response => response.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
