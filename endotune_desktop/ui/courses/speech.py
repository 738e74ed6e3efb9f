"""A plot in words: what a screen reader says of it."""

from __future__ import annotations

from datetime import date

from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.painting import tr

_SPOKEN = {
    "mIU/L": "milli-units per litre",
    "µIU/mL": "micro-units per millilitre",
    "mU/L": "milli-units per litre",
    "pmol/L": "picomoles per litre",
    "nmol/L": "nanomoles per litre",
    "ng/dL": "nanograms per decilitre",
    "pg/mL": "picograms per millilitre",
    "ng/L": "nanograms per litre",
    "µmol/L": "micromoles per litre",
    "µg/mL": "micrograms per millilitre",
    "µg/L": "micrograms per litre",
    "µg/dL": "micrograms per decilitre",
    "ng/mL": "nanograms per millilitre",
    "nmol/s": "nanomoles per second",
    "pmol/s": "picomoles per second",
    "nmol/d": "nanomoles per day",
}


def spoken_unit(unit: str) -> str:
    """Return a unit spelled out; one that is not known stays as it is."""
    return tr(_SPOKEN[unit]) if unit in _SPOKEN else unit


def spoken_plot(plot: MarkerPlot, first: date, last: date, moment: str) -> str:
    """Return a plot's accessible name: marker, stretch of time, values with their unit, and of when they are.

    Parameters
    ----------
    plot : MarkerPlot
    first, last : date
        Of the shown time.
    moment : str
        When the values are, as words.
    """
    span = tr("{first} to {last}").format(first=f"{first:%-d %B}", last=f"{last:%-d %B}")
    parts = [part for part in plot.header.readout if not part[0].startswith("(")]
    values = ", ".join(f"{parts[i][0]} {parts[i + 1][0]}" for i in range(0, len(parts) - 1, 2))
    said = f"{values} {spoken_unit(plot.header.unit)}".strip() if values else tr("no values")
    name = tr("{name} plot").format(name=plot.marker.title)
    return f"{name}, {span}, {said} {tr('at')} {moment}"
