"""Synthetic survey responses, and the generator that makes them from one seed."""
