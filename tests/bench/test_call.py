"""The table has its shape whatever was measured, and the runs are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import _endurance, _from_chromium, _hidden, call
from bench._record import Part, Record

RATIOS = ["senderCpu", "receiverCpu", "latencyP50", "latencyP95", "uss", "joinToFirstFrame", "psnrDb"]


def one_to_one(cores: float, latency: float, psnr: float) -> dict[str, Any]:
    seat = {"cores": cores}
    cost = {"sender": seat, "receiver": seat, "uss": 100 * cores, "joinToFirstFrameMs": 1000 * cores}
    return {"cost": cost, "probe": {"latencyP50": latency, "latencyP95": 2 * latency, "psnrDb": psnr}}


def test_the_shape_without_a_single_run() -> None:
    table = call.summary({})
    measured = ["oneToOne", "roomOf3", "roomOf4", "extraReceiverCores", "fromChromium", "limit", "hidden", "endurance"]
    assert list(table) == measured
    assert table["oneToOne"] == {codec: dict.fromkeys(RATIOS) for codec in ("vp8", "h264")}
    assert table["roomOf3"] == table["roomOf4"] == {"cpu": None}
    assert table["extraReceiverCores"] is None
    assert table["fromChromium"] == {"fps": None, "kbps": None, "secondsTo720p30": None}
    assert table["limit"] == {"sender": None, "receiver": None}
    nothing = {"receiver": None, "senders": None}
    assert table["hidden"] == {**nothing, "pictures": nothing, "backMs": None}
    assert set(table["endurance"].values()) == {None}


def test_each_codec_of_theirs_is_compared_with_the_same_runs_of_ours() -> None:
    runs = {
        "ours": [one_to_one(0.2, 10, 38), one_to_one(0.3, 12, 39), one_to_one(0.9, 90, 30)],
        "vp8": [one_to_one(0.6, 24, 38.5)],
        "h264": [one_to_one(0.4, 20, 38.0)],
    }
    found = call.summary({"one-to-one": Part({}, runs)})["oneToOne"]
    assert found["vp8"] == dict(zip(RATIOS, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, -0.5], strict=True))
    assert found["h264"]["senderCpu"] == 0.75
    assert found["h264"]["psnrDb"] == 0.0


def test_the_other_parts() -> None:
    seats = {"sender": {"cores": 0.3}, "receiver": {"cores": 0.16}}
    table = call.summary(
        {
            "rooms": Part({}, {"ours3": [{"cpu": 0.2}], "chromium3": [{"cpu": 0.5}], "ours4": [{"cpu": 0.2}]}),
            "extra": Part({}, {"ours": [{"extra": 0.01}, {"extra": 0.03}]}),
            "limit": Part({}, {"ours": [{**seats, "alone": {"encodeCores": 0.2, "decodeCores": 0.1}}]}),
        }
    )
    assert table["roomOf3"] == {"cpu": 0.4}
    assert table["roomOf4"] == {"cpu": None}
    assert table["extraReceiverCores"] == 0.02
    assert table["limit"] == {"sender": 1.5, "receiver": 1.6}


def test_what_a_hidden_window_saves_is_counted_with_and_without_what_pictures_have_no_part_in() -> None:
    runs = [
        {
            "shown": {"receiver": 0.5, "senders": 0.9},
            "hidden": {"receiver": 0.2, "senders": 0.2},
            "without": {"receiver": 0.1, "senders": 0.3},
            "backMs": 400,
        }
    ]
    found = _hidden.summary(runs)
    assert found["receiver"] == 0.4
    assert found["pictures"] == {"receiver": 0.25, "senders": 0.0}


def looks(minutes: int, mb: float, ms: float) -> list[dict[str, Any]]:
    """Every ten seconds; memory and latency rise by so much a minute, after a start that is wilder."""
    found: list[dict[str, Any]] = []
    for number in range(1, 6 * minutes + 1):
        at = 10.0 * number
        wild = max(0.0, 60 - at)
        found.append(
            {
                "at": at,
                "uss": [100 + wild + mb * at / 60, 90.0],
                "frames": 300,
                "latencyP95": 20 + ms * at / 60,
            }
        )
    return found


def test_memory_and_latency_that_creep_are_found() -> None:
    flat = _endurance.judged(looks(10, 0.0, 0.0), 600)
    assert (flat["memoryMb"], flat["memoryMbPerMinute"]) == (0.0, 0.0)
    assert flat["latencyP95First"] == flat["latencyP95Last"] == 20
    creeping = _endurance.judged(looks(10, 2.0, 1.0), 600)
    assert creeping["memoryMb"] == pytest.approx(17.7, abs=0.5)
    assert creeping["memoryMbPerMinute"] == pytest.approx(2.0, abs=0.01)
    assert creeping["latencyP95Last"] - creeping["latencyP95First"] == pytest.approx(9.0)
    assert creeping["leastFramesPerSecond"] == 5.0


def test_the_long_part_runs_only_where_it_is_named() -> None:
    usual = call.settings(["--clip", __file__])
    assert call.ENDURANCE not in usual.parts
    assert (usual.runs_of(call.HIDDEN), usual.seconds_of(call.HIDDEN)) == (5, 15.0)
    named = call.settings(["--clip", __file__, "--only", "endurance"])
    assert (named.runs_of(call.ENDURANCE), named.seconds_of(call.ENDURANCE)) == (1, 600.0)
    short = call.settings(["--clip", __file__, "--only", "endurance", "--runs", "2", "--seconds", "30"])
    assert (short.runs_of(call.ENDURANCE), short.seconds_of(call.ENDURANCE)) == (2, 30.0)


def frames(start: float, count: int, fps: int, size: tuple[int, int]) -> tuple[list[float], list[tuple[int, int]]]:
    return [start + index / fps for index in range(count)], [size] * count


def test_full_size_rate_and_bits_must_come_together() -> None:
    """Connected at 100: small until 101, full from then on, but enough bits only from 103."""
    early, small = frames(100.1, 27, 30, (640, 360))
    late, full = frames(101.0, 270, 30, (1280, 720))
    sent = [{"at": 100 + index / 4, "bytesSent": max(0, index - 12) * 50_000} for index in range(41)]
    figures = {"times": early + late, "sizes": small + full}
    found = _from_chromium.arrived(figures, 100.0, sent, 10.0)
    assert found["secondsTo720p30"] == pytest.approx(2.5, abs=0.3)
    assert found["fps"] == pytest.approx(30, abs=1.2)
    assert found["kbps"] == pytest.approx(1400, abs=30)
    assert found["connectedToFirstFrameS"] == pytest.approx(0.1)


def test_what_never_gets_there_takes_no_time() -> None:
    times, sizes = frames(100.0, 290, 29, (960, 540))
    sent = [{"at": 100.0 + index, "bytesSent": index * 200_000} for index in range(10)]
    assert _from_chromium.arrived({"times": times, "sizes": sizes}, 100.0, sent, 10.0)["secondsTo720p30"] is None
    assert _from_chromium.arrived({"times": [], "sizes": []}, None, [], 10.0)["fps"] is None


def test_a_part_that_begins_again_replaces_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "runs.json"
    record = Record.open(file)
    record.begin("extra", {"seconds": 1.0}).add("ours", {"extra": 0.5})
    record.begin("rooms", {"seconds": 1.0}).add("ours3", {"cpu": 0.5})
    record.save()
    again = Record.open(file)
    again.begin("extra", {"seconds": 2.0}).add("ours", {"extra": 0.25})
    again.save()
    last = Record.open(file)
    assert last.parts["extra"].runs == {"ours": [{"extra": 0.25}]}
    assert last.parts["extra"].taken["seconds"] == 2.0
    assert last.parts["rooms"].runs == {"ours3": [{"cpu": 0.5}]}


def test_another_file_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "letter.json"
    file.write_text('["dear", "diary"]')
    with pytest.raises(ValueError, match="holds no runs"):
        Record.open(file)


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call.main(["--only", "one-to-one,tea"])
    assert "'tea' is none of one-to-one, rooms" in capsys.readouterr().err
