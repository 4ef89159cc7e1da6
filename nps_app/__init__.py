"""Everything that touches the world: the store, the pages' tables and charts, the web."""

from nps_app.catalogues import install_catalogues

install_catalogues()
