"""What of all that the libraries bring is left out of the bundle; read by ``pyinstaller.spec``."""

from __future__ import annotations

import re

# Qt's QML engine, its platform themes for GTK, and platforms that the app does not open windows on.
_UNUSED = re.compile(
    r"(Qt6?|libQt6)(Qml|Quick|Pdf|WebEngine|WebChannel|VirtualKeyboard|Designer|ShaderTools|3D|Charts|DataVisualization|Graphs)"
    r"|plugins/(platformthemes/libqgtk3|qmltooling|designer|sqldrivers|position|sensors|virtualkeyboard|imageformats/(lib)?qpdf)"
    r"|plugins/platforms/(libqeglfs|libqlinuxfb|libqminimalegl|libqvkkhrdisplay|libqvnc|libqwebgl)"
    r"|plugins/(egldeviceintegrations|generic/libqtuio)"
    r"|/qml/|translations/(qtwebengine|qtdeclarative|assistant|designer|linguist)"
    r"|libgtk-3|libgdk-3|libgdk_pixbuf|libatk|libatspi|libcairo|libpango|libepoxy|libthai|libdatrie"
)
# On Linux QtMultimedia's one backend links these of QML, and without a backend no screen can be shared.
_LINKED = re.compile(r"libQt6(Qml|QmlMeta|QmlModels|QmlWorkerScript|Quick)\.so")


def is_used(destination: str) -> bool:
    """Whether the bundle keeps what would lie at ``destination`` in it."""
    path = destination.replace("\\", "/")
    return _LINKED.search(path) is not None or _UNUSED.search(path) is None
