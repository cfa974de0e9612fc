using System.CommandLine;
using System.Net;
using System.Text;
using FaceEdge.Benchmarks.Workloads;
using OpenCvSharp;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>
/// <c>predecessor FILM PORT</c>: the Flask demo that this service replaces, line by line in C# with the same OpenCV calls: every viewer
/// opens the film, and for every frame the cascade is loaded, run and drawn, and the frame encoded.
/// </summary>
internal static class Predecessor
{
    private const string Boundary = "frame";
    private static readonly OpenCvSharp.Scalar Green = new(0, 255, 0);

    public static Command Create()
    {
        var film = new Argument<string>("FILM");
        var port = new Argument<int>("PORT");
        var command = new Command("predecessor", "Serve a film as the demo did that the service replaces; e2e starts it.") { film, port };
        command.Hidden = true;
        command.SetAction(parse => Run(parse.GetRequiredValue(film), parse.GetValue(port)));
        return command;
    }

    private static int Run(string film, int port)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        while (true)
        {
            var context = listener.GetContext();
            new Thread(() => Serve(context, film)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(HttpListenerContext context, string film)
    {
        try
        {
            context.Response.ContentType = $"multipart/x-mixed-replace; boundary={Boundary}";
            context.Response.SendChunked = true;
            using var output = context.Response.OutputStream;
            using var capture = new VideoCapture(film);
            using var frame = new Mat();
            while (true)
            {
                if (!capture.Read(frame))
                {
                    capture.Set(VideoCaptureProperties.PosFrames, 0);
                    continue;
                }

                using var cascade = new CascadeClassifier(HaarCascade.File());
                foreach (var face in HaarCascade.Detect(cascade, frame))
                {
                    Cv2.Rectangle(frame, face, Green, thickness: 2);
                }

                Cv2.ImEncode(".jpg", frame, out var jpeg);
                output.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"));
                output.Write(jpeg);
                output.Write("\r\n"u8);
                output.Flush();
            }
        }
        catch (Exception exception) when (exception is IOException or HttpListenerException or ObjectDisposedException)
        {
            // The viewer left.
        }
    }
}
