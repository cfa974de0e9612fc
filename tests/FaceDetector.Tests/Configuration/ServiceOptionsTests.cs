using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FaceEdge.Capture;
using FaceEdge.Configuration;
using FaceEdge.Contracts;
using Microsoft.Extensions.Configuration;

namespace FaceEdge.Tests.Configuration;

public sealed partial class ServiceOptionsTests
{
    [Fact]
    public void All_faults_come_at_once_each_with_key_value_and_what_is_allowed()
    {
        var exception = Assert.Throws<SettingsException>(() => Read(
            ("Detector:Mode", "mouths"),
            ("Detector:Threshold", "2"),
            ("Page:Background", "pinkish"),
            ("Stream:JpegQuality", "lots"),
            ("Cameras:front door:Url", "demo:"),
            ("Cameras:yard:Url", "gopher://yard")));

        Assert.Equal(
            [
                "Detector:Mode = \"mouths\": allowed is \"face\" or \"eyes\"",
                "Detector:Threshold = \"2\": allowed is a number from 0.05 to 0.99",
                "Page:Background = \"pinkish\": allowed is a colour such as \"#ffc0cb\", \"#fcb\" or a CSS colour name such as \"pink\"",
                "Stream:JpegQuality = \"lots\": allowed is a whole number from 20 to 100",
                "Cameras:front door = \"front door\": a camera's name is letters, digits, '-' and '_', at most 32 of them",
            ],
            exception.Faults.Take(5).Select(fault => fault.ToString()));
        Assert.StartsWith("Cameras:yard:Url = \"***\": has the scheme gopher:", exception.Faults[5].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_camera_setting_that_the_documents_name_is_taken()
    {
        string[] documents = [Document("docs/settings.md"), Document("docs/reliability.md")];
        var keys = documents.SelectMany(text => CameraSetting().Matches(text)).Select(match => match.Value.Trim('`', ':')).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string> { "SilentAfterSeconds", "FrozenAfterSeconds", "SnapshotSeconds" }, keys);
        Assert.All(keys, key => Read(("Cameras:door:Url", "demo:"), ("Cameras:door:" + key, "5")));
    }

    private static string Document(string path, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../..", path));

    [GeneratedRegex("(?<=`|Cameras:<name>:)(Reconnect|MaxReconnect|Silent|Frozen|Connect|Snapshot|Picture)\\w+(?=`)")]
    private static partial Regex CameraSetting();

    [Fact]
    public void A_misspelt_setting_is_a_fault()
    {
        var exception = Assert.Throws<SettingsException>(() => Read(("Detector:Mod", "eyes"), ("Cameras:a:Url", "demo:"), ("Cameras:a:Uri", "x")));

        Assert.Equal(["Cameras:a:Uri", "Detector:Mod"], exception.Faults.Select(fault => fault.Key));
    }

    [Fact]
    public void Capture_says_what_is_decoded_and_by_what()
    {
        Assert.Equal(new CaptureOptions(IdleMode.All, HardwareDecode.None), Read().Capture);
        Assert.Equal(
            new CaptureOptions(IdleMode.KeyFrames, HardwareDecode.V4l2m2m), Read(("Capture:Idle", "keyframes"), ("Capture:HardwareDecode", "v4l2m2m")).Capture);
        Assert.Equal(
            "Capture:HardwareDecode = \"vdpau\": allowed is \"none\", \"auto\", \"vaapi\", \"v4l2m2m\", \"drm\", \"qsv\" or \"cuda\"",
            Assert.Throws<SettingsException>(() => Read(("Capture:HardwareDecode", "vdpau"))).Message);
    }

    [Theory]
    [InlineData("Detektor:Mode", "Detector")]
    [InlineData("Privcy:Mode", "Privacy")]
    [InlineData("Camera:door:Url", "Cameras")]
    [InlineData("Loging:LogLevel:Default", "Logging")]
    [InlineData("Site_Name", "Site__Name")]
    [InlineData("RTSP_URI", "RTSP_URL")]
    [InlineData("Privacy__Mode", "write Privacy:Mode, in the environment Privacy__Mode")]
    [InlineData("Cameras_door_Masks", "write Cameras:door:Masks")]
    [InlineData("Cameras", "as in Cameras:door:Url")]
    [InlineData("FACEEDGE_Privacy:Mode", "settings have no prefix: write Privacy")]
    [InlineData("FACEEDGE_MODEL_CACHE", "no such section; There are Detector, Page")]
    [InlineData("RTSP_URL:door", "write Cameras:door:Url")]
    [InlineData("Weather:City", "no such section; There are Detector, Page")]
    public void An_unknown_section_in_a_file_or_an_argument_is_a_fault(string key, string hint)
    {
        var exception = Assert.Throws<SettingsException>(() => Read((key, "eyes")));

        Assert.StartsWith(key.Split(':')[0], exception.Message, StringComparison.Ordinal);
        Assert.Contains(" = \"***\": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_section_in_two_sources_is_one_fault()
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--Detektor:Mode=eyes"]).AddCommandLine(["--Detektor:Mode=eyes"]).Build();

        Assert.Single(Assert.Throws<SettingsException>(() => ServiceOptions.Read(configuration)).Faults);
    }

    [Theory]
    [InlineData("Detektor__Mode")]
    [InlineData("Privcy__Mode")]
    [InlineData("PRIVACIE__MODE")]
    [InlineData("Camera__door__Url")]
    [InlineData("Detector_Mode")]
    [InlineData("DETECTOR_MODE")]
    [InlineData("Cameras_door_Url")]
    [InlineData("Cameras_front_door_Privacy")]
    [InlineData("CAMERAS_DOOR_MASKS")]
    [InlineData("PrivacyMode")]
    [InlineData("FACEEDGE_Privacy__Mode")]
    [InlineData("FACEEDGE_RTSP_URL")]
    [InlineData("FACE_DETECTOR_PRIVACY_MODE")]
    [InlineData("RTPS_URL")]
    [InlineData("Privacy__Mode")]
    [InlineData("Detector__Mod")]
    public void A_variable_that_almost_names_a_setting_is_a_fault(string variable) =>
        Assert.Throws<SettingsException>(() => ReadEnvironment(variable));

    [Theory]
    [InlineData("PATH")]
    [InlineData("PAGER")]
    [InlineData("API_KEY")]
    [InlineData("APIKEY")]
    [InlineData("FACEEDGE_MODEL_CACHE")]
    [InlineData("FACE_DETECTOR_SERVICE_HOST")]
    [InlineData("FACE_DETECTOR_PORT_8080_TCP_ADDR")]
    [InlineData("CAMERAS_PORT_80_TCP_PROTO")]
    [InlineData("SITE_NAME")]
    [InlineData("HTTP_PROXY")]
    [InlineData("App__Name")]
    [InlineData("Serilog__MinimumLevel")]
    [InlineData("ConnectionStrings__Default")]
    [InlineData("CAMERAS_SERVICE_HOST")]
    [InlineData("STREAM_PORT_80_TCP_ADDR")]
    [InlineData("DETECTOR_SERVICE_HOST")]
    public void Other_programs_variables_are_left_alone(string variable) =>
        Assert.Equal(["demo:"], ReadEnvironment(variable).Cameras.Select(camera => camera.Url));

    [Theory]
    [InlineData("foo", "no address")]
    [InlineData("http:/x", "no address")]
    [InlineData("8080", "no address")]
    [InlineData("ftp://*:8080", "a scheme other than http and https")]
    [InlineData("http://*:8080/base", "holds a path")]
    [InlineData("http://keeper:Zq7word@*:8080", "holds a user")]
    [InlineData("http://127.0.0.1:99999", "a port that is no number from 0 to 65535")]
    [InlineData("http://127.0.0.1:80a", "a port that is no number from 0 to 65535")]
    [InlineData("http://:8081", "no address")]
    [InlineData("http://locahost:8080", "a name other than localhost, for which every address of this machine would be listened on: write * where that is meant")]
    public void An_address_to_listen_on_is_checked_at_start(string urls, string fault)
    {
        foreach (var key in new[] { "urls", "Kestrel:Endpoints:Web:Url" })
        {
            var exception = Assert.Throws<SettingsException>(() => Read((key, urls)));

            Assert.Contains($"\": {fault}; allowed are addresses such as", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Zq7", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://*:8080")]
    [InlineData("http://+:80;https://[::1]:8443")]
    [InlineData("http://localhost")]
    [InlineData("http://unix:/run/faces.sock")]
    public void An_address_that_can_be_listened_on_is_taken(string urls) => Assert.Single(Read(("urls", urls)).Cameras);

    [Fact]
    public void Addresses_to_listen_on_that_are_none_are_refused() =>
        Assert.StartsWith("urls = \"\": no address; allowed are", Assert.Throws<SettingsException>(() => Read(("urls", ";"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Kestrel:Endpoint:Https:Url", "https://*:8443", "Kestrel:Endpoint = \"***\": no such setting; did you mean Endpoints?; there are Endpoints, EndpointDefaults, Certificates")]
    [InlineData("Kestrel:Limits:MaxRequestBodySize", "1", "Kestrel:Limits = \"***\": no such setting; there are Endpoints, EndpointDefaults, Certificates")]
    [InlineData("Kestrel:EndpointDefaults:ClientCertificate", "Require", "Kestrel:EndpointDefaults:ClientCertificate = \"***\": no such setting; did you mean ClientCertificateMode?; there are Protocols, SslProtocols, ClientCertificateMode")]
    [InlineData("Kestrel:Endpoints:Https:ClientCertificateMode", "Required", "Kestrel:Endpoints:Https:ClientCertificateMode = \"Required\": allowed is NoCertificate, AllowCertificate, RequireCertificate, DelayCertificate")]
    [InlineData("Kestrel:Endpoints:Https:Protocols", "Http9", "Kestrel:Endpoints:Https:Protocols = \"Http9\": allowed is Http1, Http2, Http1AndHttp2, Http3, Http1AndHttp2AndHttp3")]
    [InlineData("Kestrel:Endpoints:Https:SslProtocols:0", "Tls10", "Kestrel:Endpoints:Https:SslProtocols:0 = \"Tls10\": allowed is None, Tls12, Tls13")]
    [InlineData("Kestrel:Endpoints:Https:Certificate:Pasword", "secret", "Kestrel:Endpoints:Https:Certificate:Pasword = \"***\": no such setting; did you mean Password?; there are Path, KeyPath, Password, Subject, Store, Location, AllowInvalid")]
    [InlineData("Kestrel:Endpoints:Https:Sni:faces.lan:Certificate:Path", "/nowhere/tls.crt", "Kestrel:Endpoints:Https:Sni:faces.lan:Certificate:Path = \"/nowhere/tls.crt\": there is no such file that this user may see; mount the certificate there, or correct the path")]
    public void What_the_server_would_pass_over_is_refused(string key, string value, string fault) => Assert.Equal(
        fault, Assert.Throws<SettingsException>(() => Read(("Kestrel:Endpoints:Https:Url", "https://*:8443"), (key, value))).Message);

    [Fact]
    public void What_the_server_reads_is_taken() => Assert.Single(Read(
        ("Kestrel:Endpoints:Https:Url", "https://*:8443"),
        ("Kestrel:Endpoints:Https:Protocols", "http1"),
        ("Kestrel:Endpoints:Https:SslProtocols:0", "Tls13"),
        ("Kestrel:Endpoints:Https:Sni:*.faces.lan:ClientCertificateMode", "RequireCertificate"),
        ("Kestrel:Certificates:Default:Subject", "faces.lan"),
        ("Kestrel:EndpointDefaults:Protocols", "Http1AndHttp2")).Cameras);

    [Fact]
    public void The_key_to_look_is_not_the_key_to_change()
    {
        var exception = Assert.Throws<SettingsException>(() => Read(("Api:Key", "one-key-for-all"), ("Page:Key", "one-key-for-all")));

        Assert.Equal("Page:Key = \"***\": is Api:Key as well, and whoever looks could change settings: allowed is another key", exception.Message);
    }

    [Theory]
    [InlineData("Counts:Path")]
    [InlineData("Detector:Model")]
    public void An_address_is_no_path_and_its_password_is_not_shown(string key)
    {
        var exception = Assert.Throws<SettingsException>(() => Read((key, "smb://keeper:Zq7word@nas/share")));

        Assert.Equal($"{key} = \"***@nas/share\": allowed is a name or a path of at most 1024 characters, and no address", exception.Message);
    }

    [Theory]
    [InlineData("http_ports", "8080;80a", "80a")]
    [InlineData("https_ports", "99999", "99999")]
    public void A_port_to_listen_on_is_checked_at_start(string key, string ports, string wrong)
    {
        var fault = Assert.Single(Assert.Throws<SettingsException>(() => Read((key, ports))).Faults);

        Assert.StartsWith($"{key} = \"{wrong}\": allowed are ports from 0 to 65535", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "http://127.0.0.1:8080/healthz")]
    [InlineData("", "9000;9001", "http://127.0.0.1:9000/healthz")]
    [InlineData("https://*:8443;http://+:80", "9000", "http://127.0.0.1/healthz")]
    [InlineData("http://192.0.2.7:8081", "", "http://192.0.2.7:8081/healthz")]
    [InlineData("http://[::1]:8081", "", "http://[::1]:8081/healthz")]
    [InlineData("http://[::]:8081", "", "http://127.0.0.1:8081/healthz")]
    [InlineData("https://*:8443", "", "http://127.0.0.1:8080/healthz")]
    public void A_health_check_asks_where_the_service_listens(string urls, string ports, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls), new("http_ports", ports)]).Build();

        Assert.Equal(new Uri(expected), ListenAddresses.OwnHealth(configuration));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("192.0.2.7")]
    [InlineData("camera.local/stream")]
    [InlineData("clip-of-yesterday.mp4")]
    public void A_word_that_is_no_address_and_leads_to_no_file_is_refused_at_start(string url)
    {
        var fault = Assert.Single(Assert.Throws<SettingsException>(() => Read(("RTSP_URL", url))).Faults);

        Assert.Equal(
            "RTSP_URL = \"***\": is neither an address nor a file or folder that is there; write the scheme of an address, as in rtsp://host/path or demo:, "
            + "and the whole path of a file that comes later",
            fault.ToString());
    }

    [Theory]
    [InlineData("/media/usb/clip.mp4")]
    [InlineData("./clip.mp4")]
    [InlineData("/dev/video7")]
    public void A_path_that_says_that_it_is_one_may_come_later(string url) => Assert.Equal(url, Assert.Single(Read(("RTSP_URL", url)).Cameras).Url);

    [Fact]
    public void A_certificate_that_is_not_there_is_a_fault()
    {
        var exception = Assert.Throws<SettingsException>(() => Read(
            ("Kestrel:Endpoints:Https:Url", "https://*:8443"), ("Kestrel:Endpoints:Https:Certificate:Path", "/nowhere/tls.crt"), ("Kestrel:Certificates:Default:KeyPath", "/nowhere/tls.key")));

        Assert.Equal(["Kestrel:Endpoints:Https:Certificate:Path", "Kestrel:Certificates:Default:KeyPath"], exception.Faults.Select(fault => fault.Key));
    }

    [Fact]
    public void A_demo_address_is_checked_at_start()
    {
        var exception = Assert.Throws<SettingsException>(() => Read(("Cameras:a:Url", "demo:?fps=9000")));

        Assert.Contains("fps", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cameras:a:Url", "rtps://admin:hunter2@camera/1")]
    [InlineData("RTSP_URL", "rtsp://admin:hunter2@")]
    [InlineData("Api:Key", "hunter2")]
    public void Faults_do_not_show_secrets(string key, string value)
    {
        var exception = Assert.Throws<SettingsException>(() => Read((key, value)));

        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_there_is_the_demo() =>
        Assert.Equal(["demo:"], Read().Cameras.Select(camera => camera.Url));

    [Fact]
    public void RTSP_URL_alone_is_enough()
    {
        var camera = Assert.Single(Read(("RTSP_URL", "rtsp://10.0.0.7/stream")).Cameras);

        Assert.Equal(("camera", "rtsp://10.0.0.7/stream"), (camera.Name, camera.Url));
    }

    [Fact]
    public void Cameras_keep_their_own_times()
    {
        var camera = Assert.Single(Read(("Cameras:door:Url", "rtsp://door/1"), ("Cameras:door:SilentAfterSeconds", "2.5")).Cameras);

        Assert.Equal(TimeSpan.FromSeconds(2.5), camera.SilentAfter);
    }

    [Theory]
    [InlineData("ReconnectSeconds", "10", "MaxReconnectSeconds", "1", "allowed is ReconnectSeconds, which is 10, or more")]
    [InlineData("SilentAfterSeconds", "0.1", "FrozenAfterSeconds", "0", "allowed is a number from 1 to 3600 (seconds)")]
    [InlineData("ConnectTimeoutSeconds", "0.5", "FrozenAfterSeconds", "0", "allowed is a number from 1 to 3600 (seconds)")]
    [InlineData("RtspTransport", "0", "UseProxy", "true", "allowed is \"tcp\" or \"udp\"")]
    public void Times_of_a_camera_that_contradict_each_other_or_cannot_be_kept_are_refused(string key, string value, string other, string otherValue, string allowed)
    {
        var exception = Assert.Throws<SettingsException>(() => Read(
            ("Cameras:door:Url", "rtsp://door/1"), ($"Cameras:door:{key}", value), ($"Cameras:door:{other}", otherValue)));

        Assert.Contains(allowed, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_wait_over_the_longest_that_nobody_set_raises_it()
    {
        var camera = Assert.Single(Read(("Cameras:door:Url", "rtsp://door/1"), ("Cameras:door:ReconnectSeconds", "10")).Cameras);

        Assert.Equal(TimeSpan.FromSeconds(10), camera.MaxReconnectDelay);
    }

    [Fact]
    public void Later_sources_win_over_earlier_ones()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Detector:Mode", "face"), new("Page:Title", "From the file")])
            .AddInMemoryCollection([new("Detector:Mode", "eyes")])
            .Build();

        var live = ServiceOptions.Read(configuration).Live;

        Assert.Equal((DetectionMode.Eyes, "From the file"), (live.Mode, live.Title));
    }

    [Fact]
    public void An_empty_value_leaves_a_setting_to_the_source_below()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Detector:Mode", "eyes"), new("Page:Background", "#ffc0cb"), new("Page:Title", "From the image")])
            .AddInMemoryCollection([new("Detector:Mode", ""), new("Page:Background", ""), new("Page:Title", "From the site")])
            .Build();

        var live = ServiceOptions.Read(configuration).Live;

        Assert.Equal((DetectionMode.Eyes, "#ffc0cb", "From the site"), (live.Mode, live.Background, live.Title));
    }

    private static ServiceOptions Read(params (string Key, string Value)[] settings) => ServiceOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    /// <summary>As with one variable set, under a prefix that keeps what else the environment holds out.</summary>
    private static ServiceOptions ReadEnvironment(string variable)
    {
        var prefix = $"T{Guid.NewGuid():N}_";
        Environment.SetEnvironmentVariable(prefix + variable, "eyes");
        try
        {
            return ServiceOptions.Read(new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build());
        }
        finally
        {
            Environment.SetEnvironmentVariable(prefix + variable, null);
        }
    }
}
