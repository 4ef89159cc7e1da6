"""Simulations that show each method keeps its promise; ``make proof`` writes docs/proof.md."""
