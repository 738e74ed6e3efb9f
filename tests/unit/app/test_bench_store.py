"""The store's figures are measured, and never asserted on."""

from __future__ import annotations

import json
from functools import partial

import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.measuring import store


def test_that_the_store_is_benched_on_invented_persons(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store, "store_figures", partial(store.store_figures, patients=30, labs=6, runs=1))
    assert main(["bench", "--only", "store", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert [figure["name"] for figure in figures] == [
        "open a store and list it",
        "search as you type",
        "open a patient",
        "an edit on the disk and in the list",
        "full check of the file, without its rests",
    ]
    assert "30 patients, 6 results each" in figures[0]["note"]
    assert all(figure["median"] > 0.0 for figure in figures)
