"""The same few responses in the layout of each survey tool."""
