"""A weekly report as files: one HTML page, PDF, PowerPoint; each from the same `Report`."""
