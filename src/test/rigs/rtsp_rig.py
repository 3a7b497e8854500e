#!/usr/bin/python3
"""RTSP cameras that we did not write: GStreamer's server with test pictures and tones.

    rtsp_rig.py [certificate-and-key.pem]

Serves on free ports of 127.0.0.1 and prints one line of JSON when it is up:
    {"open": 1234, "digest": 1235, "tls": 1236}
Digest wants the user admin with the password pass:w@rd; "tls" is there if a certificate is given. Ends when its standard
input does. Ends at once with status 77 and a line that says why if this machine lacks a Debian package:
    python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-{base,good,bad,ugly} gstreamer1.0-libav
"""
import json
import sys
import threading

SKIP = 77


def skip(why):
    print("missing: " + why, flush=True)
    sys.exit(SKIP)


try:
    import gi

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtsp", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer
except (ImportError, ValueError) as error:
    skip(str(error))

Gst.init(None)

PICTURE = "videotestsrc is-live=1 pattern=ball ! video/x-raw,format=I420,width=640,height=360,framerate=25/1 ! timeoverlay ! "
SOUND = "audiotestsrc is-live=1 wave=ticks ! audio/x-raw,rate=%d,channels=%d ! "
H264 = (
    PICTURE + "x264enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max=50"
    " ! video/x-h264,profile=constrained-baseline ! rtph264pay config-interval=-1 name=pay%d pt=96"
)
H265 = (
    PICTURE + "x265enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max=50"
    " ! rtph265pay config-interval=-1 name=pay%d pt=97"
)
VP8 = PICTURE + "vp8enc deadline=1 cpu-used=8 target-bitrate=800000 keyframe-max-dist=50 ! rtpvp8pay name=pay%d pt=100"
VP9 = PICTURE + "vp9enc deadline=1 cpu-used=8 target-bitrate=800000 keyframe-max-dist=50 ! rtpvp9pay name=pay%d pt=101"
JPEG = PICTURE + "jpegenc quality=60 ! rtpjpegpay name=pay%d pt=26"
AAC = SOUND % (44100, 2) + "avenc_aac ! rtpmp4gpay name=pay%d pt=98"
PCMA = SOUND % (8000, 1) + "alawenc ! rtppcmapay name=pay%d pt=8"
PCMU = SOUND % (8000, 1) + "mulawenc ! rtppcmupay name=pay%d pt=0"
G722 = SOUND % (16000, 1) + "avenc_g722 ! rtpg722pay name=pay%d pt=9"
L16 = SOUND % (48000, 2) + "audioconvert ! audio/x-raw,format=S16BE ! rtpL16pay name=pay%d pt=102"
OPUS = SOUND % (48000, 2) + "opusenc ! rtpopuspay name=pay%d pt=99"

MOUNTS = {
    "/h264aac": [H264, AAC],
    "/h264pcma": [H264, PCMA],
    "/h264opus": [H264, OPUS],
    "/h265aac": [H265, AAC],
    "/h265l16": [H265, L16],
    "/vp8g722": [VP8, G722],
    "/vp9opus": [VP9, OPUS],
    "/mjpegpcmu": [JPEG, PCMU],
    "/udponly": [H264],
}


def need_elements():
    for element in (
        "x264enc x265enc vp8enc vp9enc jpegenc avenc_aac avenc_g722 alawenc opusenc audioconvert timeoverlay"
    ).split():
        if Gst.ElementFactory.find(element) is None:
            skip("the GStreamer element " + element)


def factory(mount, tracks, role):
    made = GstRtspServer.RTSPMediaFactory()
    made.set_launch("( " + " ".join(track % i for i, track in enumerate(tracks)) + " )")
    made.set_shared(True)
    made.set_latency(0)
    if mount == "/udponly":
        made.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
    if role:
        rights = role + ",media.factory.access=(boolean)true,media.factory.construct=(boolean)true"
        made.add_role_from_structure(Gst.Structure.new_from_string(rights))
    return made


def token(role):
    made = GstRtspServer.RTSPToken()
    made.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, role)
    return made


def serve(role=None, auth=None):
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    for mount, tracks in MOUNTS.items():
        server.get_mount_points().add_factory(mount, factory(mount, tracks, role))
    if auth:
        server.set_auth(auth)
    if server.attach(None) == 0:
        skip("a free port")
    return server


def digest():
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest("admin", "pass:w@rd", token("user"))
    return auth


def encrypted(pem):
    auth = GstRtspServer.RTSPAuth()
    try:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(pem))
    except GLib.Error as error:
        skip("TLS for GLib (glib-networking): " + error.message)
    auth.set_default_token(token("anyone"))
    return auth


def main():
    need_elements()
    servers = {"open": serve(), "digest": serve("user", digest())}
    if len(sys.argv) > 1:
        servers["tls"] = serve("anyone", encrypted(sys.argv[1]))
    loop = GLib.MainLoop()

    def until_input_ends():
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=until_input_ends, daemon=True).start()
    print(json.dumps({name: server.get_bound_port() for name, server in servers.items()}), flush=True)
    loop.run()


main()
