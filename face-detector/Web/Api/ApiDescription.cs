using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FaceEdge.Web.Api;

/// <summary>What the API's description (OpenAPI) says beyond what the endpoints tell by themselves.</summary>
internal static class ApiDescription
{
    /// <summary>The generator's name for a body of bytes: it would become a type of every client.</summary>
    private const string Body = nameof(Stream);

    /// <summary>Version 3.0: more generators of clients read it than 3.1, and nothing here needs the latter.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info.Title = "FaceEdge face-detector";
            document.Info.Version = context.ApplicationServices.GetRequiredService<ServiceInfo>().Current.Version;
            document.Components?.Schemas?.Remove(Body);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeBodiesAsync);
        options.AddOperationTransformer(AddRefusalsAsync);
        options.AddSchemaTransformer(CompleteAsync);
    }

    /// <summary>The second form of a detection's answer: the picture, where Accept prefers it.</summary>
    public static Task AddAnnotatedPictureAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses!["200"].Content!["image/jpeg"] = new OpenApiMediaType { Schema = Binary() };
        return Task.CompletedTask;
    }

    private static Task DescribeBodiesAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var contents = (operation.Responses?.Values.Select(response => response.Content) ?? []).Append(operation.RequestBody?.Content);
        foreach (var media in contents.Where(content => content is not null).SelectMany(content => content!.Values))
        {
            if (media.Schema is OpenApiSchemaReference { Reference.Id: Body })
            {
                media.Schema = Binary();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Every address may refuse for reasons of its own or of the site's (another site's name, too often, a fault of the service): always as a
    /// problem.
    /// </summary>
    private static async Task AddRefusalsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken);
        operation.Responses!["default"] = new OpenApiResponse
        {
            Description = "Any other refusal",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = context.Document is { } document ? new OpenApiSchemaReference(nameof(ProblemDetails), document) : problem,
                },
            },
        };
    }

    private static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            // Left out by the generator for enums that a converter writes as words.
            schema.Type = JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
