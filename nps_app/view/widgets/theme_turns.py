"""A page that follows when the browser turns dark or light while it is open."""

from typing import Final

import streamlit as st

_SCRIPT: Final = """<script>
window.npsDark ??= (() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Streamlit takes the new theme first: the run that is asked for here is told of it.
  dark.addEventListener("change", () => setTimeout(
    () => document.querySelector(".st-key-theme_turned button")?.click(), 250));
  return dark;
})();
</script>"""


def draw_again_when_theme_turns() -> None:
    """Run the page anew at the browser's turn: charts and the logo are drawn for one theme.

    Draws what style.py hides.
    """
    with st.container(key="theme_turns", height=1, border=False):
        st.button(" ", key="theme_turned")
        st.html(_SCRIPT, unsafe_allow_javascript=True)
