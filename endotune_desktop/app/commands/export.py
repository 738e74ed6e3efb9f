"""``endotune export``: a scenario file in, the same run as a document for other programs out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from endotune_desktop.app.commands.writing import write_result
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.json_reading import read_text
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.exchange.scenario_file import citation_key, dump_scenario, load_scenario
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import periodic_start

SBML_SUFFIXES = (".sbml", ".xml")
START_RTOL = 1e-10


def run(words: argparse.Namespace) -> int:
    """Write a scenario as SBML Level 3 Version 2, its periodic start as initial values."""
    suffix = Path(words.output).suffix.lower()
    if suffix not in SBML_SUFFIXES:
        raise InputRefused(f"'{suffix or words.output}' is no format that is written", "-o", ", ".join(SBML_SUFFIXES))
    path = Path(words.scenario)
    scenario = load_scenario(read_text(path), path.name)
    axis = axis_by_id(scenario.axis)
    try:
        text = export_sbml(axis, scenario, periodic_start(axis, scenario, rtol=START_RTOL))
    except InputRefused as refusal:
        raise InputRefused(refusal.what, f"{path.name}: {refusal.where}", refusal.accepted) from None
    write_result(text, words.output)
    sys.stderr.write(f"scenario {citation_key(dump_scenario(scenario))}\n")
    return 0
