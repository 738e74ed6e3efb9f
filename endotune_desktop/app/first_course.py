"""The helper process of `lanes.head_start`: loads the engine, answers one request, and ends. Loads no Qt."""

from __future__ import annotations

import gc
import pickle
import sys
from typing import IO


def main() -> int:
    """Read one pickled request from standard input and write pickled messages to standard output."""
    gc.disable()  # one answer, and the process ends: a fifth of its time went into looking for cycles
    out: IO[bytes] = sys.stdout.buffer

    def send(kind: str, content: object) -> None:
        pickle.dump((kind, content), out)
        out.flush()

    from endotune_desktop.app.cross_axis_tables import cross_axis_of
    from endotune_desktop.app.paths import resources_folder
    from endotune_desktop.physiology.registry import AXES
    from endotune_desktop.simulation import CancelFlag, compiled
    from endotune_desktop.workbench.course_maker import CourseMaker

    def told(sentence: str, share: float) -> None:
        send("progress", (sentence, share))

    # Most begin with the first axis: it is loaded while the window still reads who is to be shown.
    compiled(next(iter(AXES.values())), told)
    request = pickle.load(sys.stdin.buffer)
    compiled(AXES[request.axis], told)
    CourseMaker(links=cross_axis_of(resources_folder())).answer(request, lambda view: send("view", view), CancelFlag())
    send("done", None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
