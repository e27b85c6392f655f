"""A server that is not ours: a Node relay with the socket.io package, which speaks the seed's contract and no more."""
