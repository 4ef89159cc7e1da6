"""Simulations that show each method keeps its promise: ``make proof`` runs them and writes docs/proof.md."""
