"""The windows: Qt Widgets only. They read snapshots of the state and send intents."""
