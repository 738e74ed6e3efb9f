"""Long results of small functions become function definitions; short ones stay as they are."""

from __future__ import annotations

from endotune_desktop.exchange.sbml.functions import LONGEST, Functions
from endotune_desktop.exchange.sbml.names import Names
from tests.unit.simulation.toys import KINETIC

LONG = " + ".join(["inner * blood"] * LONGEST)


def functions(definitions: dict[str, str]) -> tuple[Functions, dict[str, str]]:
    """Return a writer of functions for the toy axis, and what it finds."""
    found: dict[str, str] = {}
    return Functions(Names(KINETIC), definitions, found), found


def test_that_a_short_result_stays_a_formula() -> None:
    writer, found = functions({"inner": "ka * gut"})
    assert writer.call("inner + blood") == "inner + blood"
    assert found == {}


def test_that_a_long_result_becomes_a_call_of_what_it_is_made_of() -> None:
    writer, found = functions({"inner": "ka * gut"})
    call = writer.call(LONG)
    assert call == "small_function(ka, gut, blood)"
    assert found["small_function"].startswith("lambda(x0, x1, x2, (x0 * x1) * x2")


def test_that_equal_functions_of_other_values_are_written_once() -> None:
    definitions = {"inner": "ka * gut", "other": "ka * deep"}
    writer, found = functions(definitions)
    first = writer.call(LONG)
    second = writer.call(LONG.replace("inner", "other"))
    assert (first, second) == ("small_function(ka, gut, blood)", "small_function(ka, deep, blood)")
    assert len(found) == 1


def test_that_a_call_is_an_argument_and_not_written_out_again() -> None:
    definitions = {"inner": "ka * gut"}
    writer, found = functions(definitions)
    definitions["step"] = writer.call(LONG)
    assert writer.call(LONG.replace("inner", "step")) == "small_function_(step, blood)"
    assert "small_function(" not in found["small_function_"]


def test_that_a_result_of_the_time_stays_a_rule() -> None:
    writer, _ = functions({"inner": "ka * time"})
    assert writer.call(LONG) == LONG


def test_that_what_is_not_needed_any_more_is_dropped() -> None:
    definitions = {"inner": "ka * gut", "used": "ke * blood", "lost": "inner + 1"}
    writer, _ = functions(definitions)
    writer.drop_unused(["used * 2"])
    assert definitions == {"used": "ke * blood"}
