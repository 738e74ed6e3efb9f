"""The registry declares an axis when it is asked for, and no other."""

from __future__ import annotations

import subprocess
import sys

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.registry import AXES, AXIS_IDS, axis


def test_that_every_axis_stands_under_its_own_id() -> None:
    assert [found.id for found in AXES.values()] == list(AXIS_IDS) == list(AXES)
    assert axis("hpt") is AXES["hpt"]
    assert "hpt" in AXES
    assert AXES.get("thyroid") is None


def test_that_an_unknown_axis_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputRefused, match=r"unknown axis 'thyroid'.*hpt, hpa"):
        axis("thyroid")


def test_that_one_axis_loads_no_other() -> None:
    words = (
        "import sys; from endotune_desktop.physiology.registry import AXES; import endotune_desktop.simulation; "
        "import endotune_desktop.workbench.course_maker; AXES['hpt']; "
        "print([n for n in ('hpa', 'hpg_male', 'gh_igf1') if f'endotune_desktop.physiology.{n}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
