"""The helper process of `lanes.preparation`: compiles one axis into the cache and says how far it is. Loads no Qt."""

from __future__ import annotations

import sys


def main(words: list[str]) -> int:
    """Compile the axis that is named; each line of standard output is a share, a tab and a sentence."""
    from endotune_desktop.physiology.registry import AXES
    from endotune_desktop.simulation import compiled

    def told(sentence: str, share: float) -> None:
        sys.stdout.write(f"{share:.3f}\t{sentence}\n")
        sys.stdout.flush()

    if len(words) != 1 or words[0] not in AXES:
        return 2
    compiled(AXES[words[0]], told)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
