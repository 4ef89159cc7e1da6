"""Weeks of a wall display in an hour: does memory grow, and does it come back by itself."""
