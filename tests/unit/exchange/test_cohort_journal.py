"""The journal of a cohort: what is done stays, whoever kills the program, and is never mixed with anything else."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.exchange.cohort_file import load_cohort
from endotune_desktop.exchange.cohort_journal import Journal
from endotune_desktop.tuning.cohort import Cohort
from tests.unit.exchange.test_cohort_file import COHORT


def cohort(**other: object) -> Cohort:
    """Return the good cohort: four chunks of 250 persons."""
    return load_cohort(json.dumps({**COHORT, **other}), "cohort.json", Path())


def joined(parts: Sequence[Path], out: BinaryIO) -> None:
    """Put chunks one after another."""
    for part in parts:
        out.write(part.read_bytes())


def test_that_finished_chunks_are_found_again(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    first = Journal(out, cohort(), "csv")
    first.keep(2, b"two", 5)
    first.keep(0, b"zero", 0)
    again = Journal(out, cohort(), "csv")
    assert again.missing() == [1, 3]
    assert again.persons_done == 500
    assert again.failed == 5
    again.keep(3, b"three", 1)
    again.keep(1, b"one", 0)
    assert not out.exists()
    again.finish(joined)
    assert out.read_bytes() == b"zeroonetwothree"
    assert not again.folder.exists()


def test_that_a_chunk_that_is_not_whole_is_computed_again(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    journal = Journal(out, cohort(), "csv")
    journal.keep(0, b"zero", 0)
    journal.keep(1, b"one", 0)
    journal.done[1].write_bytes(b"on")
    (journal.folder / "000002.0.0123456789abcdef.csv.part").write_bytes(b"tw")
    again = Journal(out, cohort(), "csv")
    assert again.missing() == [1, 2, 3]
    assert not list(again.folder.glob("*.part"))


@pytest.mark.parametrize("other", [{"seed": 8}, {"count": 999}, {"observables": ["max(tsh)"]}])
def test_that_another_cohort_under_the_same_name_is_refused(tmp_path: Path, other: dict[str, object]) -> None:
    out = tmp_path / "out.csv"
    journal = Journal(out, cohort(), "csv")
    journal.keep(0, b"zero", 0)
    with pytest.raises(InputRefused, match=r"out.csv.partial: holds the beginning of another cohort.*--restart"):
        Journal(out, cohort(**other), "csv")
    assert journal.done[0].exists()
    assert Journal(out, cohort(**other), "csv", restart=True).missing()[0] == 0
    assert not journal.done[0].exists()


def test_that_another_version_of_the_program_does_not_go_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "out.csv", cohort(), "csv")
    head = journal.folder / "cohort.json"
    head.write_text(re.sub(r'"version": "[^"]*"', '"version": "0.0.9"', head.read_text(encoding="utf-8")), "utf-8")
    with pytest.raises(InputRefused, match="another version of the program"):
        Journal(tmp_path / "out.csv", cohort(), "csv")


def test_that_a_folder_of_somebody_else_is_never_touched(tmp_path: Path) -> None:
    folder = tmp_path / "out.csv.partial"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    for restart in (False, True):
        with pytest.raises(InputRefused, match="no beginning of a cohort"):
            Journal(tmp_path / "out.csv", cohort(), "csv", restart=restart)
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_that_a_finished_output_is_not_written_over_unasked(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("hours of work", encoding="utf-8")
    with pytest.raises(InputRefused, match="--restart to write over it"):
        Journal(out, cohort(), "csv")
    assert not (tmp_path / "out.csv.partial").exists()
    with pytest.raises(InputRefused, match="is a folder"):
        Journal(tmp_path, cohort(), "csv")
    journal = Journal(out, cohort(count=10), "csv", restart=True)
    assert out.read_text(encoding="utf-8") == "hours of work"
    journal.keep(0, b"new", 0)
    journal.finish(joined)
    assert out.read_bytes() == b"new"


def test_that_a_full_disk_is_one_sentence_and_what_is_done_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"
    journal = Journal(out, cohort(), "csv")
    journal.keep(0, b"zero", 0)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFailed, match="No space left on device; 250 persons are done and kept"):
        journal.keep(1, b"one", 0)
    monkeypatch.undo()
    assert Journal(out, cohort(), "csv").missing() == [1, 2, 3]


def test_that_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="could not be written"):
        Journal(tmp_path / "nowhere" / "out.csv", cohort(), "csv")
