"""What laboratories measure, one module an axis."""

from __future__ import annotations

from endotune_desktop.clinic.analytes.adrenal import ADRENAL
from endotune_desktop.clinic.analytes.analyte import Analyte as Analyte
from endotune_desktop.clinic.analytes.analyte import ReferenceRange as ReferenceRange
from endotune_desktop.clinic.analytes.analyte import ReportUnit as ReportUnit
from endotune_desktop.clinic.analytes.calcium import CALCIUM
from endotune_desktop.clinic.analytes.gonadal import GONADAL
from endotune_desktop.clinic.analytes.prolactin import PROLACTIN
from endotune_desktop.clinic.analytes.somatotropic import SOMATOTROPIC
from endotune_desktop.clinic.analytes.thyroid import THYROID
from endotune_desktop.clinic.errors import InputRefused

_GROUPS = (THYROID, ADRENAL, GONADAL, SOMATOTROPIC, PROLACTIN, CALCIUM)
ANALYTES: dict[str, Analyte] = {entry.id: entry for group in _GROUPS for entry in group}


def analyte(analyte_id: str, where: str = "analyte") -> Analyte:
    """Return the analyte with that id.

    Raises
    ------
    InputRefused
        If it is not known.
    """
    try:
        return ANALYTES[analyte_id]
    except KeyError:
        raise InputRefused(f"unknown analyte '{analyte_id}'", where, ", ".join(ANALYTES)) from None
