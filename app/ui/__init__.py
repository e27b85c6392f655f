"""The windows: Qt Widgets only. They read snapshots of the state and send intents."""

from app.ui.unused import spare_features

spare_features()
