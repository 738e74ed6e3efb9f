"""A small language over a patient's state, in which the links between axes are written.

``takes(estradiol.oral) and not lesion(graves)`` is a condition; ``1 + 0.5 * clamp(ft4 / 15 - 1, 0, 1)`` is a number.
An agent may carry its route and preparation, a lesion its axis (``hpa.addison``); names of groups stand for all their
members. A bare name is the value of a marker; a comparison with a value that is not known is false.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.tuning.patient_state import PatientState, Taken

Found = bool | float

_COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: float(a**b),
}
_PERSON = ("age", "female", "male", "weight")
_NUMBERS = ("clamp", "min", "max", "ln")
_QUESTIONS = (
    "lesion", "severity", "takes", "starts", "raises", "lowers", "stops", "daily", "held", "measured", "finding",
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """What the names of a condition may be.

    Attributes
    ----------
    groups : mapping of str to tuple of str
        Agents (with route and preparation where it matters) or lesions under one name.
    findings : mapping of str to str
        Finding id to its title.
    """

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)

    def members(self, names: list[str]) -> list[str]:
        """Return names with groups written out."""
        return [member for name in names for member in self.groups.get(name, (name,))]


class Condition:
    """A condition or a number, read once for many patients.

    Parameters
    ----------
    text : str
    vocabulary : Vocabulary

    Attributes
    ----------
    text : str
    names : tuple of (question, name)
        Every name that is asked for, with the question it stands in; ``marker`` for bare names.

    Raises
    ------
    InputRefused
        If the text is not of the language.
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self._vocabulary = vocabulary
        try:
            self._body = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise InputRefused(f"'{text[:60]}' cannot be read", "when", "a condition") from None
        self.names = tuple(_names(self._body, vocabulary))

    def holds(self, state: PatientState) -> bool:
        """Return whether the condition holds for a patient."""
        return bool(_value(self._body, state, self._vocabulary))

    def number(self, state: PatientState) -> float:
        """Return the number for a patient; nan when something it needs is not known."""
        try:
            return float(_value(self._body, state, self._vocabulary))
        except (ValueError, ZeroDivisionError, OverflowError):
            return math.nan


def _names(node: ast.expr, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return every name with its question, and refuse what the language does not have."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return []
    if isinstance(node, ast.Name):
        return [] if node.id in _PERSON else [("marker", node.id)]
    if isinstance(node, ast.BoolOp):
        return [name for value in node.values for name in _names(value, vocabulary)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return _names(node.operand, vocabulary)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARISONS:
        return [*_names(node.left, vocabulary), *_names(node.comparators[0], vocabulary)]
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        return [*_names(node.left, vocabulary), *_names(node.right, vocabulary)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args and not node.keywords:
        if node.func.id in _NUMBERS:
            return [name for argument in node.args for name in _names(argument, vocabulary)]
        if node.func.id in _QUESTIONS:
            asked = vocabulary.members([_dotted(argument) for argument in node.args])
            return [(node.func.id, name) for name in asked]
    raise InputRefused(f"'{ast.unparse(node)[:40]}' is not part of the language", "when",
                       ", ".join((*_QUESTIONS, *_NUMBERS, *_PERSON)))  # fmt: skip


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    raise InputRefused(f"'{ast.unparse(node)[:40]}' is no name", "when", "names of agents, lesions, markers, findings")


def _value(node: ast.expr, state: PatientState, vocabulary: Vocabulary) -> Found:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        return _named(node.id, state)
    if isinstance(node, ast.BoolOp):
        results = (bool(_value(value, state, vocabulary)) for value in node.values)
        return all(results) if isinstance(node.op, ast.And) else any(results)
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, state, vocabulary)
        return not inner if isinstance(node.op, ast.Not) else -inner
    if isinstance(node, ast.Compare):
        compare = _COMPARISONS[type(node.ops[0])]
        return compare(
            float(_value(node.left, state, vocabulary)), float(_value(node.comparators[0], state, vocabulary))
        )
    if isinstance(node, ast.BinOp):
        apply = _ARITHMETIC[type(node.op)]
        return apply(float(_value(node.left, state, vocabulary)), float(_value(node.right, state, vocabulary)))
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    if node.func.id in _NUMBERS:
        return _computed(node.func.id, [float(_value(argument, state, vocabulary)) for argument in node.args])
    return _asked(node.func.id, vocabulary.members([_dotted(argument) for argument in node.args]), state)


def _named(name: str, state: PatientState) -> float:
    body = {
        "age": state.person.age_years,
        "female": float(state.person.sex == "female"),
        "male": float(state.person.sex == "male"),
        "weight": state.person.weight_kg,
    }
    return body[name] if name in body else state.markers.get(name, math.nan)


def _computed(name: str, numbers: list[float]) -> float:
    if any(math.isnan(number) for number in numbers):
        return math.nan
    if name == "clamp":
        value, low, high = numbers
        return min(max(value, low), high)
    if name == "ln":
        return math.log(numbers[0])
    return min(numbers) if name == "min" else max(numbers)


def _asked(question: str, names: list[str], state: PatientState) -> Found:
    if question == "held":
        return any(name in state.axes for name in names)
    if question == "measured":
        return any(name in state.markers for name in names)
    if question == "finding":
        return any(name in state.findings for name in names)
    if question in ("lesion", "severity"):
        found = [
            severity
            for held, severity in state.lesions.items()
            if any(held == name or held.partition(".")[2] == name for name in names)
        ]
        return bool(found) if question == "lesion" else max(found, default=0.0)
    before, after = _daily(state.taken, names), _daily(state.planned, names)
    answers: dict[str, Found] = {
        "takes": bool(after),
        "daily": sum(after.values()),
        "starts": any(name not in before for name in after),
        "stops": any(name not in after for name in before),
        "raises": any(name in before and dose > before[name] * (1.0 + 1e-9) for name, dose in after.items()),
        "lowers": any(name in before and dose < before[name] * (1.0 - 1e-9) for name, dose in after.items()),
    }
    return answers[question]


def _daily(taken: tuple[Taken, ...], names: list[str]) -> dict[str, float]:
    """Return the mean daily dose of those names that are taken."""
    found: dict[str, float] = {}
    for name in names:
        wanted = [*name.split("."), "", ""]
        for entry in taken:
            fits = entry.agent == wanted[0] and wanted[1] in ("", entry.route) and wanted[2] in ("", entry.preparation)
            if fits:
                found[name] = found.get(name, 0.0) + entry.daily
    return found
