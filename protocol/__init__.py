"""What crosses the wire between the app, the server and the seed's web client, and nothing else."""
