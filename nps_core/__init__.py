"""NPS from survey responses: pure functions, frames in and frames out."""
