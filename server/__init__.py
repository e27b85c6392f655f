"""The companion server: signaling, REST and storage for rooms in which people study together."""
