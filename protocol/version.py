"""The one place that says which version this is: the app, its bundle and the server read it here."""

VERSION = "0.1.0"
