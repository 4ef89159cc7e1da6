"""For all tests: a property is about what holds, not about how fast a loaded machine finds it."""

from hypothesis import settings

settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")
