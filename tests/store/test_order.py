"""The list of patients: searched and sorted without regard to case and accents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.store import Store
from endotune_desktop.store.seals import folded
from tests.store.filling import add, person
from tests.ui.desk import ingrid


def test_that_names_sort_without_regard_to_case_and_accents(store: Store) -> None:
    names = ["Zeta", "ångström", "Łukasz", "adam", "Émile", "Øst", "oslo", "Ärger", "Zebra", "eve", "lukas", "ærlig"]
    add(store, *(person(number, name) for number, name in enumerate(names)))
    expected = ["adam", "ærlig", "ångström", "Ärger", "Émile", "eve", "lukas", "Łukasz", "oslo", "Øst", "Zebra", "Zeta"]
    assert [row.patient.name for row in store.patients()] == expected
    path = store.path
    store.close()
    again = Store.open(path)
    assert [row.patient.name for row in again.patients()] == expected
    again.close()


@pytest.mark.parametrize(
    ("search", "name"),
    [("angstrom", "Ångström"), ("ÅNGSTRÖM", "angstrom"), ("lukasz", "Łukasz"), ("strasse", "Straße"),
     ("ost", "Øst"), ("i\u0307zmir", "İzmir"), ("ﬁn", "Finn")],
)  # fmt: skip
def test_that_search_knows_neither_case_nor_accents(store: Store, search: str, name: str) -> None:
    add(store, person(1, name), person(2, "Qqq"))
    assert [row.patient.name for row in store.patients(search=search)] == [name]
    store.close()


def test_that_folding_twice_changes_nothing() -> None:
    for text in ("Ångström", "Straße", "ΣΊΣΥΦΟΣ", "İzmir", "ﬁ", "가나다", "🦋", "a\x00"):
        assert folded(folded(text)) == folded(text)


def test_that_the_list_follows_every_edit(store: Store) -> None:
    add(store, ingrid().patient, person(1))
    assert [row.last_lab for row in store.patients()] == [None, None]
    lab = ingrid().labs[0]
    edit = add(store, lab)
    assert store.patients(search="halv")[0].last_lab == lab
    newer = replace(lab, id="newer", drawn_at=datetime(2026, 11, 20, 7))
    add(store, newer)
    assert store.patients(search="halv")[0].last_lab == newer
    store.apply(Edit("Set aside", (RecordChange(newer, replace(newer, set_aside=True)),)))
    assert store.patients(search="halv")[0].last_lab == lab
    store.apply(edit.inverse())
    assert store.patients(search="halv")[0].last_lab is None
    add(store, ingrid().visits[0])
    assert store.patients(search="halv")[0].last_visit == ingrid().visits[0].on
    renamed = replace(ingrid().patient, name="Aa", archived=True)
    store.apply(Edit("Rename", (RecordChange(ingrid().patient, renamed),)))
    assert [row.patient.name for row in store.patients(include_archived=True)] == ["Aa", "Verdier, Tomás"]
    binned = replace(renamed, deleted_on=date(2026, 10, 1))
    store.apply(Edit("Delete", (RecordChange(renamed, binned),)))
    assert len(store.patients(include_archived=True, include_deleted=True)) == 2
    assert store.empty_bin(date(2026, 11, 24)) == 1
    assert len(store.patients(include_archived=True, include_deleted=True)) == 1
    store.close()


def test_that_an_edit_that_is_on_the_disk_is_acknowledged_even_when_the_list_cannot_be_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, ingrid().patient)
    assert len(store.patients()) == 1

    def unreadable(_: object) -> None:
        raise EnvironmentFailed("The disk could not be read or written")

    monkeypatch.setattr(store._listing, "renew", unreadable)
    add(store, person(1))
    assert len(store.patients()) == 2
    store.close()
