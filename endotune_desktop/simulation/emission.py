"""From a graph of arithmetic to straight-line text that numba compiles, split by how often each part changes."""

from __future__ import annotations

from collections.abc import Iterable

from endotune_desktop.simulation.algebra import CONSTANT, STATED, TIMED, Graph

_DEEPEST = 12
"""How far expressions are nested before they get a name: deeper ones only trouble the parser."""


class Emission:
    """Writes functions that share what was computed before them.

    What depends on constants is written by one function, what depends on time by another, and both leave it in a
    vector ``q``; the functions of the state read it there.

    Parameters
    ----------
    graph : Graph
    often : iterable of int
        The nodes that are asked for at every state: what they need of time is kept.
    seldom : iterable of int
        Nodes that are asked for once a step: what they alone need of time is not worth keeping.
    """

    def __init__(self, graph: Graph, often: Iterable[int], seldom: Iterable[int] = ()) -> None:
        self._graph = graph
        self._places: dict[int, int] = {}
        for node in self._first_below(often, STATED):
            self._keep(node)
        timed = [node for node in self._places if graph.level[node] == TIMED]
        for node in self._first_below([*timed, *often, *seldom], TIMED):
            self._keep(node)

    @property
    def size(self) -> int:
        """Return the length of ``q``."""
        return max(1, len(self._places))

    def _keep(self, node: int) -> None:
        if self._graph.value(node) is None and node not in self._places:
            self._places[node] = len(self._places)

    def _first_below(self, roots: Iterable[int], level: int) -> list[int]:
        """Return the nodes below a level that the roots, looked through down to it, are made of."""
        found: set[int] = set()
        left = list(roots)
        while left:
            node = left.pop()
            if node not in found:
                found.add(node)
                if self._graph.level[node] >= level:
                    left.extend(self._graph.operands(node))
        return sorted(node for node in found if self._graph.level[node] < level)

    def at_constants(self) -> str:
        """Return ``settle(p, q)``: what depends on constants only."""
        return self._kept("def settle(p, q):", CONSTANT)

    def at_time(self) -> str:
        """Return ``tick(t, q)``: what depends on time and constants."""
        return self._kept("def tick(t, q):", TIMED)

    def _kept(self, head: str, level: int) -> str:
        roots = [node for node in self._places if self._graph.level[node] == level]
        lines, texts = self._lines(roots, level)
        lines.extend(f"    q[{self._places[node]}] = {texts[node]}" for node in roots)
        return "\n".join([head, *lines, *([] if roots else ["    pass"])])

    def at_state(self, head: str, outputs: list[tuple[str, int]]) -> str:
        """Return a function of the state.

        Parameters
        ----------
        head : str
            ``def rates(y, q, dy):``; with ``t`` when it returns what is asked for seldom.
        outputs : list of (target, node)
            ``("dy[0]", node)``.
        """
        lines, texts = self._lines([node for _, node in outputs], STATED)
        lines.extend(f"    {target} = {texts[node]}" for target, node in outputs)
        return "\n".join([head, *lines])

    def _lines(self, roots: list[int], level: int) -> tuple[list[str], dict[int, str]]:
        """Return assignments for all that the roots need and no rarer function kept, and how each node is written."""
        graph = self._graph
        uses: dict[int, int] = dict.fromkeys(roots, 1)
        for node in reversed(self._needed(roots, level)):
            for part in () if self._has(node, level) else graph.operands(node):
                uses[part] = uses.get(part, 0) + 1
        lines: list[str] = []
        texts: dict[int, str] = {}
        depth: dict[int, int] = {}
        for node in sorted(uses):
            texts[node] = self._text(node, level, texts)
            depth[node] = 1 + max((depth[part] for part in graph.operands(node) if part in depth), default=0)
            bare = graph.keys[node][0] in ("number", "y", "p", "t") and not self._has(node, level)
            if not bare and (uses[node] > 1 or depth[node] > _DEEPEST):
                lines.append(f"    v{node} = {texts[node]}")
                texts[node], depth[node] = f"v{node}", 1
        return lines, texts

    def _has(self, node: int, level: int) -> bool:
        """Return whether a rarer function has left a node in ``q``."""
        return node in self._places and self._graph.level[node] < level

    def _needed(self, roots: list[int], level: int) -> list[int]:
        found: set[int] = set()
        left = list(roots)
        while left:
            node = left.pop()
            if node not in found:
                found.add(node)
                left.extend(() if self._has(node, level) else self._graph.operands(node))
        return sorted(found)

    def _text(self, node: int, level: int, texts: dict[int, str]) -> str:
        graph, key = self._graph, self._graph.keys[node]
        if self._has(node, level):
            return f"q[{self._places[node]}]"
        if key[0] == "number":
            return repr(key[1]) if isinstance(key[1], float) and key[1] >= 0.0 else f"({key[1]!r})"
        if key[0] in ("y", "p"):
            return f"{key[0]}[{key[1]}]"
        if key[0] == "t":
            return "t"
        parts = [texts[part] for part in graph.operands(node)]
        if key[0] in ("+", "-", "*", "and", "or"):
            return f"({parts[0]} {key[0]} {parts[1]})"
        if key[0] == "compare":
            return f"({parts[0]} {key[1]} {parts[1]})"
        if key[0] == "choose":
            return f"({parts[1]} if {parts[0]} else {parts[2]})"
        if key[0] == "call":
            return f"{key[1]}({parts[0]})"
        forms = {"neg": "(-{})", "not": "(not {})", "inverse": "(1.0 / {})", "pow": "({} ** {})"}
        return forms[str(key[0])].format(*parts)
