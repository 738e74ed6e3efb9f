"""The command line: reads the words, calls one command, turns failures into one line and an exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from endotune_desktop import __version__
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused, OutsideValidity

GOOD, CHECK_FAILED, REFUSED, ENVIRONMENT = 0, 1, 2, 3
"""Exit statuses: good; the work ran and failed a check; the input was refused; the environment failed."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with status 2 and one line."""
        self.exit(REFUSED, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(prog="endotune", description="An offline workbench for fine-tuning endocrine axes.")
    top.add_argument("--version", action="version", version=f"EndoTune Desktop {__version__}")
    top.add_argument("--debug", action="store_true", help="show tracebacks")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    axes = commands.add_parser("axes", help="list axes; for one: everything that it declares")
    axes.add_argument("axis", nargs="?", metavar="AXIS")
    axes.add_argument("--json", action="store_true")
    simulate = commands.add_parser("simulate", help="run a scenario file and write its course as CSV")
    simulate.add_argument("scenario", metavar="SCENARIO")
    simulate.add_argument("-o", "--output", metavar="FILE.csv")
    simulate.add_argument("--states", action="store_true", help="every state as well")
    simulate.add_argument("--band", metavar="N", help="percentile columns over N drawn persons")
    simulate.add_argument("--rtol", metavar="R", default="1e-8", help="relative tolerance, 1e-12 to 1e-2")
    export = commands.add_parser("export", help="write a scenario file as SBML, for other programs")
    export.add_argument("scenario", metavar="SCENARIO")
    export.add_argument("-o", "--output", metavar="FILE.sbml|.xml", required=True)
    _add_fit(commands)
    verify = commands.add_parser("verify", help="run the facts that an axis must reproduce")
    verify.add_argument("axis", nargs="?", metavar="AXIS")
    verify.add_argument("--facts", metavar="FILE.csv")
    verify.add_argument("--random", metavar="N", help="compare N random scenarios with scipy's solver instead")
    verify.add_argument("--seed", metavar="S", default="1", help="of the random scenarios")
    verify.add_argument("--worst", metavar="FILE.json", help="where the scenario with the largest error is written")
    verify.add_argument("--json", action="store_true")
    verify.add_argument("--calibration", action="store_true", help="fit virtual patients and count how bands held")
    verify.add_argument("--widths", action="store_true", help="say by how much these bands should be wider")
    verify.add_argument("--patients", metavar="N", default="40", help="virtual patients an axis of the calibration")
    verify.add_argument("--cases", action="store_true", help="judge the teaching cases' directions instead")
    _add_readings(commands)
    _add_bench(commands)
    cohort = commands.add_parser("cohort", help="compute a virtual population to Parquet or CSV")
    cohort.add_argument("spec", metavar="SPEC")
    cohort.add_argument("-o", "--output", metavar="FILE.parquet", required=True, help=".parquet or .csv")
    cohort.add_argument("--backend", metavar="B", help="serial, threads, processes (the usual one) or dask")
    cohort.add_argument("--workers", metavar="N", help="as many as there are cores, unless named")
    cohort.add_argument("--scheduler", metavar="ADDRESS", help="an existing Dask cluster")
    cohort.add_argument("--restart", action="store_true", help="throw away what was begun and write over the output")
    receipts = commands.add_parser("receipts", help="forecasts that were made, and how they fared")
    receipts.add_argument("patient", nargs="?", metavar="PATIENT", help="id, number or part of a name")
    receipts.add_argument("--json", action="store_true")
    tour = commands.add_parser("tour", help="draw every screen with the demo patients to PNG")
    tour.add_argument("-o", "--output", metavar="DIR", required=True)
    for command in commands.choices.values():
        command.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help="show tracebacks")
    return top


def _add_readings(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add what is read off one person: function tests, and how the axis talks."""
    tests = commands.add_parser("tests", help="list the function tests and their cut-offs")
    tests.add_argument("--json", action="store_true")
    test = commands.add_parser("test", help="do a function test on the person of a scenario file")
    test.add_argument("scenario", metavar="SCENARIO")
    test.add_argument("test", metavar="TEST")
    test.add_argument("--day", metavar="D", help="day of the test; the day after the scenario ends unless named")
    test.add_argument("--band", metavar="N", default="100", help="persons drawn for the band and the probabilities")
    test.add_argument("--cut-off", metavar="ID=VALUE", action="append", help="another cut-off; may be repeated")
    test.add_argument("--json", action="store_true")
    indices = commands.add_parser("indices", help="say how the axis of a scenario file talks at its end")
    indices.add_argument("scenario", metavar="SCENARIO")
    indices.add_argument("--day", metavar="D", help="what is wrong and taken on that day; at the end unless named")
    indices.add_argument("--band", metavar="N", default="20", help="persons drawn for the bands; 0 for none")
    indices.add_argument("--json", action="store_true")


def _add_bench(commands: argparse._SubParsersAction[_Parser]) -> None:
    bench = commands.add_parser("bench", help="measure every speed figure of the README")
    bench.add_argument("--json", action="store_true")
    bench.add_argument("--only", metavar="NAME", action="append", help="one part; may be repeated")
    bench.add_argument("--work-precision", action="store_true", help="draw achieved error against CPU time")
    bench.add_argument("--soak", metavar="N", help="answer N random slider positions and watch the memory")
    bench.add_argument("--seed", metavar="S", default="1", help="of the soak")
    bench.add_argument("-o", "--output", metavar="FILE.png", help="the drawing; the points go beside it as CSV")


def _add_fit(commands: argparse._SubParsersAction[_Parser]) -> None:
    fit = commands.add_parser("fit", help="fit a patient to the labs on file")
    fit.add_argument("patient", metavar="PATIENT", help="id, number or exact name, on file or a demo patient")
    fit.add_argument("-o", "--output", metavar="FILE.json")
    fit.add_argument("--axis", metavar="AXIS", help="one axis of the patient; all by default")
    fit.add_argument("--draws", metavar="N", default="200", help="persons drawn for the intervals")
    fit.add_argument("--seed", metavar="S", default="20261126")
    fit.add_argument("--on", metavar="DAY", help="as of this day, YYYY-MM-DD; today by default")
    fit.add_argument("--json", action="store_true", help="print the JSON instead of the words")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after the program's name; those of the process by default.
    """
    try:
        words = parser().parse_args(argv)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    if words.command == "simulate":
        gc.disable()  # one short run that makes no cycles worth collecting: a tenth of its time
    try:
        module = import_module(f"endotune_desktop.app.commands.{words.command or 'window'}")
        return int(module.run(words))
    except InputRefused as refusal:
        return _leave(words, refusal, REFUSED)
    except OutsideValidity as failure:
        return _leave(words, failure, CHECK_FAILED)
    except EnvironmentFailed as failure:
        return _leave(words, failure, ENVIRONMENT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as failure:
        return _leave(words, failure, ENVIRONMENT)
    except KeyboardInterrupt:
        sys.stderr.write("endotune: stopped\n")
        return CHECK_FAILED
    except Exception as bug:
        return _leave(
            words, RuntimeError(f"unexpected failure ({type(bug).__name__}); see it with --debug"), CHECK_FAILED
        )

    finally:
        gc.enable()


def entry() -> NoReturn:
    """Run the program as a process of its own, and end it.

    Without a window or workers there is nothing to take down: the process leaves at once instead of dismantling a
    compiler.
    """
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = status or GOOD
    if {"PySide6", "joblib"} & sys.modules.keys():
        sys.exit(status)
    os._exit(status)


def _leave(words: argparse.Namespace, failure: Exception, status: int) -> int:
    if words.debug:
        raise failure
    line = " ".join(str(failure).split())
    sys.stderr.write(f"endotune: {line}\n")
    return status
