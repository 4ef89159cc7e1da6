"""Responses to numbers: filter, tally, then everything else from counts."""
