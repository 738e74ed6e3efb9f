"""The rules of the house, checked."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "endotune_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
ALLOWED_TOP = {"pyproject.toml", "README.md", "endotune_desktop", "resources", "tests", "packaging"}
ROOMS = {
    "clinic", "physiology", "simulation", "tuning", "classroom", "store", "exchange", "workbench", "lanes", "ui", "app",
}  # fmt: skip


def test_that_the_import_contracts_hold() -> None:
    found = subprocess.run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
                           cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert found.returncode == 0, found.stdout
    assert "0 broken" in found.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import endotune_desktop.workbench.session, endotune_desktop.workbench.course_maker",
        "from endotune_desktop.app.command_line import main; main(['axes']) and exit(9)",
        "from endotune_desktop.app.command_line import main; "
        "main(['simulate', 'resources/scenarios/athyreotic_levothyroxine.endotune.json']) and exit(9)",
    ],
)
def test_that_the_core_loads_no_qt(code: str) -> None:
    tail = "; import sys; sys.stderr.write('LOADED ' + ' '.join({'PySide6', 'pyqtgraph'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code + tail], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stderr.split("LOADED")[-1].strip() == ""


def test_that_importing_the_engine_loads_no_compiler() -> None:
    code = (
        "import sys, endotune_desktop.simulation.running, endotune_desktop.simulation.ensemble; "
        "print({'numba', 'scipy'} & set(sys.modules) or '')"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_that_the_command_line_loads_no_crew_before_one_is_called() -> None:
    code = (
        "import sys; from endotune_desktop.app.command_line import main; main(['axes']); "
        "import endotune_desktop.app.commands.cohort; "
        "print('LOADED', {'joblib', 'pyarrow', 'dask', 'distributed', 'scipy', 'numba'} & set(sys.modules) or '')"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split("LOADED")[-1].strip() == ""


def test_that_a_second_process_compiles_nothing(tmp_path: Path) -> None:
    code = (
        "from endotune_desktop.simulation import compiled; from endotune_desktop.physiology.hpt import HPT; "
        "print(compiled(HPT).compiled_now)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    second = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert second.stdout.strip() == "False"


def test_that_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {path.name: n for path, n in lengths.items() if n > 600}
    assert statistics.median(lengths.values()) <= 150


def test_that_functions_are_short() -> None:
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                body = node.end_lineno - node.body[0].lineno + 1
                # The kernel and an axis read top to bottom like their papers; the style sheet is one text.
                if body > 60 and path.name not in ("kernel.py", "equations.py", "stylesheet.py"):
                    long.append(f"{path.name}:{node.name} {body}")
    assert not long


def test_that_names_say_what_a_module_is_for() -> None:
    assert not [path for path in SOURCES if path.stem in {"utils", "helpers", "manager", "misc", "common"}]


def test_that_every_public_name_has_a_docstring() -> None:
    bare = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(str(path))
        bare.extend(_undocumented(tree, path.name, private=False))
    assert not bare


def _undocumented(tree: ast.AST, where: str, *, private: bool) -> list[str]:
    found = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            hidden = private or node.name.startswith("_")
            if not hidden and not ast.get_docstring(node):
                found.append(f"{where}:{node.name}")
            if isinstance(node, ast.ClassDef):
                found.extend(_undocumented(node, where, private=hidden))
    return found


def test_that_the_top_level_holds_what_was_agreed() -> None:
    found = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    top = {name.split("/")[0] for name in found}
    assert {name for name in top if not name.startswith(".")} <= ALLOWED_TOP
    rooms = {name.split("/")[1] for name in found if name.startswith("endotune_desktop/") and name.count("/") > 1}
    assert rooms <= ROOMS


def test_that_only_the_theme_writes_style_sheets() -> None:
    for path in SOURCES:
        if "setStyleSheet(" in path.read_text(encoding="utf-8"):
            assert path.parent.name == "theme", path


def test_that_visible_strings_are_translated() -> None:
    calls = {"setWindowTitle", "setToolTip", "setPlaceholderText", "addAction", "addMenu", "label", "button", "chip"}
    bare = []
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                text = node.args[0].value
                if name in calls and isinstance(text, str) and re.search(r"[a-z]{2}", text) and text != "EndoTune":
                    bare.append(f"{path.name}:{node.lineno} {text!r}")
    assert not bare


FORBIDDEN = re.compile(r"closed[- ]loop|\boptimal\b|recommended dose|\boops\b|\bplease\b", re.IGNORECASE)


def test_that_words_the_product_never_says_are_not_said() -> None:
    for path in [ROOT / "README.md", *(PACKAGE / "ui").rglob("*.py"), *(PACKAGE / "app").rglob("*.py")]:
        found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
        assert found is None, (path, found)


def test_that_every_parameter_and_lesion_has_a_source() -> None:
    from endotune_desktop.physiology.registry import AXES

    for axis in AXES.values():
        assert not [p.id for p in axis.parameters if not p.source or not p.unit or not p.meaning]
        assert not [lesion.id for lesion in axis.lesions if not lesion.source]
        assert not [i.state for a in axis.agents for i in a.intakes if not i.source]


def test_that_the_ids_that_files_use_are_there() -> None:
    from endotune_desktop.physiology.hpt import HPT

    markers = {"tsh", "ft4", "ft3", "tt4", "tt3", "spina_gt", "spina_gd", "tshi", "ttsi"}
    agents = {"levothyroxine", "liothyronine", "thiamazole", "protirelin", "thyrotropin_alfa"}
    lesions = {
        "primary_hypothyroidism", "thyroidectomy", "hashimoto", "graves", "toxic_nodule", "thyroiditis",
        "central_hypothyroidism", "tertiary_hypothyroidism", "tshoma", "resistance_beta", "binding_globulin_excess",
        "non_thyroidal_illness", "pregnancy",
    }  # fmt: skip
    assert markers <= {m.id for m in HPT.markers}
    assert agents <= {a.agent.id for a in HPT.agents}
    assert lesions <= {lesion.id for lesion in HPT.lesions}
    assert HPT.agent("methimazole").agent.id == "thiamazole"


def test_that_demo_records_are_marked_as_invented(resources: Path) -> None:
    plain = json.loads((resources / "demo" / "patients.json").read_text(encoding="utf-8"))
    assert len(plain["patients"]) == 6
    for patient in plain["patients"]:
        assert "Invented person" in patient["note"]
        assert 3 <= len(patient["visits"]) <= 8
