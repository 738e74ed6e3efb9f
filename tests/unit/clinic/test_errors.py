"""A refusal is one sentence on one line, whatever it quotes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.clinic.errors import InputRefused


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_that_a_refusal_is_one_line_that_can_be_written(what: str, where: str) -> None:
    refusal = InputRefused(f"unknown agent '{what}'", where, "levothyroxine").at("file.json")
    assert len(str(refusal).splitlines()) == 1
    str(refusal).encode("utf-8")


def test_that_a_refusal_keeps_accents_and_no_break_spaces() -> None:
    words = "25\u00a0\u00b5g of L\u00e9vothyrox is unknown"
    assert str(InputRefused(words)) == f"{words}."
