"""Sources by name."""

from __future__ import annotations

import pytest

from app.media.sources import SourceKind, SourceSpec, VideoFormat


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("none", SourceKind.NONE, ""),
        (" test ", SourceKind.TEST, ""),
        ("file:C:\\clips\\a b.webm", SourceKind.FILE, "C:\\clips\\a b.webm"),
        ("device:hw:1,0", SourceKind.DEVICE, "hw:1,0"),
        ("device:", SourceKind.DEVICE, ""),
        ("screen:01", SourceKind.SCREEN, "1"),
    ],
)
def test_names_are_read_and_written(text: str, kind: SourceKind, name: str) -> None:
    spec = SourceSpec.parse(text)
    assert (spec.kind, spec.name) == (kind, name)
    assert SourceSpec.parse(str(spec)) == spec


@pytest.mark.parametrize(
    "text", ["", "camera", "test:1", "none:", "file", "file:", "device", "screen:", "screen:-1", "screen:²"]
)
def test_other_names_are_explained(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ .*(named|source)"):
        SourceSpec.parse(text)


def test_a_format_has_a_size_and_a_rate() -> None:
    with pytest.raises(ValueError, match="0x720"):
        VideoFormat(width=0)
    with pytest.raises(ValueError, match="0 fps"):
        VideoFormat(fps=0)
