using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using FaceEdge.Configuration;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using FaceEdge.Web.Api;
using FaceEdge.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FaceEdge.Web.Endpoints;

/// <summary>POST /api/v1/detect: a picture in; faces as JSON, or the picture with boxes where the request's Accept asks for image/jpeg.</summary>
internal static class DetectEndpoint
{
    public static void MapDetect(this IEndpointRouteBuilder app) => app.MapPost("/api/v1/detect", PostAsync)
        .RequireAddressLimit(limits => limits.Uploads)
        .WithName("detect")
        .WithTags("Pictures")
        .WithSummary("Finds the faces of a JPEG, PNG or WebP picture: JSON, or an annotated JPEG when Accept prefers image/jpeg.")
        // Any type passes: curl --data-binary calls every body a form, and the picture's own bytes say what it is.
        .Accepts<Stream>("application/octet-stream", "image/jpeg", "image/png", "image/webp", "*/*")
        .Produces<DetectAnswer>()
        .AddOpenApiOperationTransformer(ApiDescription.AddAnnotatedPictureAsync)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PostAsync(
        HttpContext context,
        DetectorPool detectors,
        LoadedModel model,
        ImagingSelection imaging,
        SettingsStore settings,
        ServiceOptions options,
        UploadMemory memory,
        TimeProvider time,
        ServiceMetrics metrics)
    {
        if (context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
        {
            return TypedResults.Problem(
                "Send the picture itself as the body, as in: curl --data-binary @photo.jpg.",
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "Not a picture");
        }

        if (model.Note is { } note)
        {
            return Problems.NoModel(note);
        }

        using var arriving = memory.Open();
        if (await WaitForBodyAsync(context, options.Upload, arriving, time) is { } problem)
        {
            return problem;
        }

        try
        {
            var arrived = await ArrivedAsync(context.Request.BodyReader, context.RequestAborted);
            using var body = new Scratch((int)arrived.Length);
            arrived.CopyTo(body.Bytes);
            context.Request.BodyReader.AdvanceTo(arrived.End);
            var header = PictureHeader.Read(body.Bytes, options.Upload.Limits);

            // Not before the whole picture is here: a slow sender must not keep a detector from others.
            using var lease = detectors.TryRent((long)header.Width * header.Height);
            if (lease is null)
            {
                return Problems.Busy(context);
            }

            var current = settings.Current;
            var threshold = (float)(current.Threshold ?? model.ScoreThreshold);
            var searchThreshold = current.Privacy == PrivacyMode.None ? threshold : HiddenFaces.SearchThreshold(threshold);
            using var pool = new FramePool();
            var start = Stopwatch.GetTimestamp();
            using var frame = imaging.Backend.Decode(body.Bytes, options.Upload.Limits, pool);
            var decoded = Stopwatch.GetElapsedTime(start);
            var faces = new Face[CameraPipeline.MaxFaces];
            var count = lease.Detector.Detect(frame.View, searchThreshold, faces, out var timings);
            var found = Reaching(threshold, faces.AsSpan(0, count));
            metrics.Uploads.Add(1, new KeyValuePair<string, object?>("outcome", "detected"));
            return PrefersPicture(context.Request)
                ? Annotate(
                    frame, Hiding.Of(current.Privacy, faces.AsSpan(0, count), lease.Detector.FoundAll), found, current.Mode, options.Stream.JpegQuality, imaging.Backend)
                : TypedResults.Ok(new DetectAnswer(
                    frame.Width, frame.Height, lease.Detector.Model.Name, found.ToDocument(frame.Width, frame.Height), timings.ToDocument(decoded)));
        }
        catch (InvalidImageException exception)
        {
            metrics.Uploads.Add(1, new KeyValuePair<string, object?>("outcome", "refused"));
            return Problems.NotAPicture(exception.Message);
        }
    }

    /// <summary>Waits until the whole body is here, unread; the problem when it is too large, too slow, or too many others are on their way.</summary>
    private static async Task<IResult?> WaitForBodyAsync(HttpContext context, UploadOptions options, UploadMemory.Account arriving, TimeProvider time)
    {
        var reader = context.Request.BodyReader;
        using var bodyLimit = new CancellationTokenSource(options.BodyTimeout, time);

        // Not by a token for the read: Kestrel could then no longer read what is left of the body, and the answer would be lost.
        using var over = bodyLimit.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var length = read.Buffer.Length;
            var completed = read.IsCompleted;
            reader.AdvanceTo(read.Buffer.Start, completed ? read.Buffer.Start : read.Buffer.End);
            if (length > options.Limits.MaxBytes)
            {
                return Problems.TooLarge(options.Limits.MaxBytes);
            }

            if (!arriving.TryHold(length))
            {
                return Problems.Busy(context);
            }

            if (completed)
            {
                return null;
            }

            if (bodyLimit.IsCancellationRequested)
            {
                return Problems.TooSlow(options.BodyTimeout);
            }
        }
    }

    /// <summary>The body, once <see cref="WaitForBodyAsync"/> has found it whole; the caller advances the reader.</summary>
    private static async Task<ReadOnlySequence<byte>> ArrivedAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(cancellationToken);
        while (!read.IsCompleted)
        {
            // The time ran out just when the last of it arrived.
            reader.AdvanceTo(read.Buffer.Start);
            read = await reader.ReadAsync(cancellationToken);
        }

        return read.Buffer;
    }

    /// <param name="threshold">From which a face counts.</param>
    /// <param name="faces">Strongest first.</param>
    private static ReadOnlySpan<Face> Reaching(float threshold, ReadOnlySpan<Face> faces)
    {
        var count = faces.Length;
        while (count > 0 && faces[count - 1].Score < threshold)
        {
            count--;
        }

        return faces[..count];
    }

    private static FileContentHttpResult Annotate(
        Frame frame, in Hiding hiding, ReadOnlySpan<Face> faces, DetectionMode mode, int quality, IImagingBackend imaging)
    {
        var jpeg = new ArrayBufferWriter<byte>();
        using var picture = OutgoingFrame.WithBoxes(frame.AddReference(), 1, hiding, faces, mode);
        picture.EncodeJpeg(imaging, quality, jpeg);
        return TypedResults.Bytes(jpeg.WrittenMemory, "image/jpeg");
    }

    private static bool PrefersPicture(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        double picture = 0;
        double json = 0;
        foreach (var range in accepted)
        {
            var quality = range.Quality ?? 1;
            if (range.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
                && (range.MatchesAllSubTypes || range.SubType.Equals("jpeg", StringComparison.OrdinalIgnoreCase)))
            {
                picture = Math.Max(picture, quality);
            }
            else if (range.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
        }

        return picture > json;
    }
}
