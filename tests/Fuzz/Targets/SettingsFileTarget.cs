using FaceEdge.Configuration;
using FaceEdge.Contracts;
using Microsoft.Extensions.Configuration;

namespace FaceEdge.Fuzz.Targets;

/// <summary>An edited appsettings.json: read, or refused with each fault named and no camera's password in it.</summary>
internal sealed class SettingsFileTarget : FuzzTarget
{
    private const string Password = "Zq7-planted";

    public override string Name => "settings-file";

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "\"", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "1e999", "\"Cameras\":{", "\"Url\":\"", "\"Detector\":{", "\"Page\":{\"Title\":", "\"Api\":{\"Key\":", "\"Upload\":{", "\"Stream\":{", "\\u0000", "\\ud800", "rtsp://", "@",
        "\"Mode\":\"eyes\"", "\"Cameras:x:Url\":", "//", "/*");

    public override IEnumerable<byte[]> Seeds() => AsBytes(
        $$$"""{"Cameras":{"door":{"Url":"rtsp://keeper:{{{Password}}}@10.0.0.7/x","SilentAfterSeconds":5}},"Api":{"Key":"{{{Password}}}-1"}}""",
        """{"Detector":{"Mode":"eyes","Threshold":0.5,"InputSide":320},"Page":{"Title":"Yard","Background":"pink"},"Stream":{"JpegQuality":80}}""",
        """{"Site":{"Name":"a","Environment":"qa"},"Upload":{"MaxBytes":2000000,"Concurrency":2},"Imaging":{"Backend":"portable"},"RTSP_URL":"demo:"}""");

    public override void Run(ReadOnlySpan<byte> input)
    {
        using var file = new MemoryStream(input.ToArray());
        try
        {
            var options = ServiceOptions.Read(new ConfigurationBuilder().AddJsonStream(file).Build());
            Require(options.Cameras.Count > 0 && options.Live.Title.Length is > 0 and <= SettingRules.MaxTextLength, "options that follow the rules");
        }
        catch (SettingsException exception)
        {
            Require(exception.Faults.Count > 0, "a refusal that names a fault");
            foreach (var fault in exception.Faults)
            {
                // A key or a text that the damage made of the password is not one that was given as a password.
                Require(!Masked(fault) || !fault.Value.Contains(Password, StringComparison.Ordinal), $"no password in \"{fault}\"");
            }
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or InvalidOperationException or System.Text.Json.JsonException)
        {
            // Not JSON, or text in it that is no Unicode: the service's start says so without the reader's own words, which quote the file.
        }
    }

    private static bool Masked(SettingFault fault) =>
        fault.Key.EndsWith(":Url", StringComparison.OrdinalIgnoreCase) || fault.Key.Equals("Api:Key", StringComparison.OrdinalIgnoreCase);
}
