"""A client that is not ours: a page in a real browser, which speaks the seed's contract and no more."""
