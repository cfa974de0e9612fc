"""Serves one H.264 or MJPEG stream over RTSP at /camera, for tests and measurements. Needs python3-gi and gir1.2-gst-rtsp-server-1.0.

Prints "ready PORT" once it listens, then "clients N" whenever a client comes; ends when its standard input closes.
"""

import argparse
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def caps(options, width, height):
    return f"video/x-raw,format=I420,width={width},height={height},framerate={options.rate}/1"


def pipeline(options):
    if options.file:
        return f'( filesrc location="{options.file}" ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )'
    source = f"videotestsrc is-live=true pattern={options.pattern} ! capsfilter name=size caps={caps(options, options.width, options.height)} "
    if options.codec == "audio":
        return "( audiotestsrc is-live=true ! mulawenc ! rtppcmupay name=pay0 pt=0 )"
    if options.codec == "mjpeg":
        return f"( {source} ! jpegenc ! rtpjpegpay name=pay0 pt=26 )"
    return (
        f"( {source} ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=2000 key-int-max={options.key_every or options.rate} "
        "! rtph264pay name=pay0 pt=96 config-interval=-1 )"
    )


def change_size(media, options):
    """In mid-stream, as a camera does whose owner turns a knob: the encoder announces the new size inside the stream."""
    width, height = options.then.split("x")
    media.get_element().get_by_name("size").set_property("caps", Gst.Caps.from_string(caps(options, width, height)))
    return False


def require_password(server, factory, user, password):
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS, True)
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, True)
    factory.set_permissions(permissions)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="0")
    parser.add_argument("--width", type=int, default=640)
    parser.add_argument("--height", type=int, default=360)
    parser.add_argument("--rate", type=int, default=30, help="frames a second")
    parser.add_argument("--key-every", type=int, help="frames from one key frame to the next; a second's worth if not given")
    parser.add_argument("--codec", choices=["h264", "mjpeg", "audio"], default="h264")
    parser.add_argument("--pattern", default="ball", help="a pattern of videotestsrc; solid-color stands still")
    parser.add_argument("--then", help="WIDTHxHEIGHT that the stream changes to after two seconds")
    parser.add_argument("--file", help="an MP4 with H.264 to serve at its own pace instead")
    parser.add_argument("--udp", action="store_true", help="offer no other transport")
    parser.add_argument("--user")
    parser.add_argument("--password")
    options = parser.parse_args()

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(options.port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(pipeline(options))
    factory.set_shared(True)
    if options.udp:
        factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
    if options.then:
        factory.connect("media-configure", lambda _, media: GLib.timeout_add_seconds(2, change_size, media, options))
    if options.user:
        require_password(server, factory, options.user, options.password)
    server.get_mount_points().add_factory("/camera", factory)
    clients = [0]

    def connected(_, client):
        clients[0] += 1
        print(f"clients {clients[0]}", flush=True)

    server.connect("client-connected", connected)
    if server.attach(None) == 0:
        sys.exit(f"port {options.port} is taken")
    print(f"ready {server.get_bound_port()}", flush=True)

    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    loop.run()


if __name__ == "__main__":
    main()
