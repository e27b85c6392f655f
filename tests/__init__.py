"""The tests, which mirror the source; ``browser`` and ``relay`` meet other clients and servers of the same contract."""
