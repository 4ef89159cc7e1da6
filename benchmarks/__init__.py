"""How fast the app is, each figure against its target and against a naive pandas version."""
