"""FFmpeg's and Qt's devices become one list, for each kind of system, with data as those systems give it."""

from __future__ import annotations

from app.media.identities import Named, alsa, avfoundation, dshow, v4l2

WEBCAM = Named("/dev/video0", "HD Webcam: HD Webcam")
CAPTURE = Named("/dev/video2", "USB Capture")


def test_linux_cameras_keep_their_identity_when_their_number_changes() -> None:
    link = "/dev/v4l/by-id/usb-046d_HD_Webcam-video-index0"
    before = v4l2([WEBCAM], {"/dev/video0": link}, [Named("/dev/video0", "HD Webcam", is_default=True)])
    again = v4l2(
        [CAPTURE, Named("/dev/video4", "HD Webcam: HD Webcam")],
        {"/dev/video4": link},
        [Named("/dev/video2", "USB Capture"), Named("/dev/video4", "HD Webcam", is_default=True)],
    )
    assert before == (Named(link, "HD Webcam", is_default=True),)
    assert again == (Named("/dev/video2", "USB Capture"), Named(link, "HD Webcam", is_default=True))


def test_linux_cameras_that_only_one_side_knows_are_there_too() -> None:
    found = v4l2([WEBCAM], {}, [Named("/dev/video9", "Loopback", is_default=True)])
    assert found == (WEBCAM, Named("/dev/video9", "Loopback", is_default=True))
    assert v4l2([WEBCAM, CAPTURE], {}, []) == (Named(WEBCAM.id, WEBCAM.name, is_default=True), CAPTURE)
    assert v4l2([], {}, []) == ()


HEADSET = Named("alsa_input.usb-Jabra_SPEAK_510-00.mono-fallback", "Jabra SPEAK 510 Mono", is_default=True)
BLUETOOTH = Named("bluez_input.00:1B:66:AA:01:02", "Buds")
ALSA = [Named("null", "Discard all samples"), Named("default", "Default"), Named("sysdefault:CARD=PCH", "HDA Intel")]
PULSE, PIPEWIRE = Named("pulse", "PulseAudio Sound Server"), Named("pipewire", "PipeWire Sound Server")


def test_linux_microphones_are_the_sound_servers_and_reached_through_alsa() -> None:
    assert [one.id for one in alsa([*ALSA, PULSE, PIPEWIRE], [HEADSET, BLUETOOTH])] == [
        "pulse:alsa_input.usb-Jabra_SPEAK_510-00.mono-fallback",
        "pulse:bluez_input.00:1B:66:AA:01:02",
    ]
    only_pipewire = alsa([*ALSA, PIPEWIRE], [HEADSET])
    assert [one.id for one in only_pipewire] == [f"pipewire:NODE={HEADSET.id}"]
    assert (only_pipewire[0].name, only_pipewire[0].is_default) == ("Jabra SPEAK 510 Mono", True)


def test_a_source_with_a_name_that_alsa_would_split_is_quoted() -> None:
    assert alsa([PULSE], [Named("odd, name=1", "Odd")])[0].id == 'pulse:"odd, name=1"'


def test_linux_microphones_without_a_server_are_alsas() -> None:
    seen = [Named("sysdefault:CARD=PCH", "HDA Intel PCH", is_default=True)]
    assert alsa(ALSA, seen) == tuple(seen)
    assert [one.id for one in alsa(ALSA, [])] == ["default", "sysdefault:CARD=PCH"]
    assert [one.id for one in alsa(ALSA, [HEADSET])] == ["default", "sysdefault:CARD=PCH"], "no way to the server"


PARTS = [
    Named("null", "Discard all samples (playback) or generate zero samples (capture)", is_default=True),
    Named("lavrate", "Rate Converter Plugin Using Libav/FFmpeg Library"),
    Named("samplerate", "Rate Converter Plugin Using Samplerate Library"),
    Named("jack", "JACK Audio Connection Kit"),
    Named("oss", "Open Sound System"),
    Named("speex", "Plugin using Speex DSP (resample, agc, denoise, echo, dereverb)"),
    Named("upmix", "Plugin for channel upmix (4,6,8)"),
]


def test_parts_that_alsa_builds_with_are_no_microphones() -> None:
    assert alsa(PARTS, []) == ()
    assert alsa(PARTS, PARTS) == (), "Qt without a sound server lists them too"
    real = [Named(name, "") for name in ("default", "sysdefault:CARD=PCH", "hw:CARD=U,DEV=0", "plughw:CARD=U,DEV=0")]
    assert alsa([*PARTS, *real, PIPEWIRE], []) == (*real, PIPEWIRE)


LINK = r"\\?\usb#vid_046d&pid_0825&mi_00#7&1f3c&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
SECOND = r"\\?\usb#vid_046d&pid_0825&mi_00#8&2e4d&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
OBS = Named("@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}", "OBS Camera")


def test_windows_cameras_of_one_make_are_told_apart() -> None:
    listed = [OBS, Named("@device_pnp_" + LINK, "USB Camera"), Named("@device_pnp_" + SECOND, "USB Camera")]
    seen = [Named(SECOND.upper(), "USB Camera", is_default=True), Named(LINK, "USB Camera")]
    found = dshow(listed, seen)
    assert [one.id for one in found] == [one.id for one in listed]
    assert [one.is_default for one in found] == [False, False, True]


def test_windows_microphones_match_by_their_end_point() -> None:
    cm = "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\\wave_"
    first, second = "1B2F7A60-0B0C-4E0E-9C55-0D5C2F3A1111", "9F6C1D20-3A0B-4C77-8E21-5B7A4C2D2222"
    listed = [
        Named(cm + "{" + first + "}", "Microphone (USB Audio Device"),
        Named(cm + "{" + second + "}", "Microphone"),
    ]
    seen = [
        Named("{0.0.1.00000000}.{" + second.lower() + "}", "Microphone", is_default=True),
        Named("{0.0.1.00000000}.{" + first.lower() + "}", "Microphone (USB Audio Device)"),
    ]
    found = dshow(listed, seen)
    assert [(one.name, one.is_default) for one in found] == [
        ("Microphone (USB Audio Device)", False),
        ("Microphone", True),
    ]


def test_windows_names_that_were_cut_are_made_whole() -> None:
    cut = Named("@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\\Headset Microphone (WH-1000XM4 ", "x")
    listed = [Named(cut.id, "Headset Microphone (WH-1000XM4 ")]
    seen = [Named("{0.0.1.00000000}.{no guid here}", "Headset Microphone (WH-1000XM4 Hands-Free)", is_default=True)]
    assert dshow(listed, seen) == (Named(cut.id, "Headset Microphone (WH-1000XM4 Hands-Free)", is_default=True),)


def test_windows_without_qts_word_has_a_default_all_the_same() -> None:
    assert dshow([OBS], []) == (Named(OBS.id, OBS.name, is_default=True),)
    assert dshow([], [Named(LINK, "USB Camera", is_default=True)]) == (), "FFmpeg could not open it"


def test_macos_devices_are_known_by_name_and_screens_are_none() -> None:
    listed = [Named("0", "FaceTime HD Camera"), Named("1", "Lena's iPhone"), Named("2", "Capture screen 0")]
    seen = [Named("0x8020000005ac8514", "Lena's iPhone", is_default=True), Named("uid", "FaceTime HD Camera")]
    assert avfoundation(listed, seen) == (
        Named("FaceTime HD Camera", "FaceTime HD Camera"),
        Named("Lena's iPhone", "Lena's iPhone", is_default=True),
    )


def test_macos_names_that_ffmpeg_would_misread_are_numbers() -> None:
    listed = [Named("0", "USB Camera Pro"), Named("1", "USB Camera"), Named("2", "4K: Cam"), Named("3", "USB Camera")]
    assert [one.id for one in avfoundation(listed, [])] == ["USB Camera Pro", "1", "2"]


def test_macos_without_ffmpegs_list_has_qts() -> None:
    seen = [Named("BuiltIn", "MacBook Microphone", is_default=True), Named("x", "4K: Cam")]
    assert avfoundation([], seen) == (Named("MacBook Microphone", "MacBook Microphone", is_default=True),)
