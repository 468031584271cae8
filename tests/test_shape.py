"""The house keeps its shape: short files, short functions, no drawers for everything."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = (
    "lishui_center services volunteers thinktank tests benchmarks templates static/js static/scss"
)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LISTS = {"lishui_center/settings.py"}  # one list, looked things up in rather than read
JUNK_DRAWERS = {"helpers", "misc", "services", "shared", "util", "utils"}

FILES = sorted(
    path.relative_to(ROOT)
    for folder in FOLDERS.split()
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".html", ".js", ".py", ".scss"} and "migrations" not in path.parts
)
MODULES = [path for path in FILES if path.suffix == ".py"]


@pytest.mark.parametrize("path", [path for path in FILES if str(path) not in LISTS], ids=str)
def test_keeps_files_short(path):
    lines = (ROOT / path).read_text("utf-8").count("\n")

    assert lines <= LONGEST_FILE, f"{lines} lines: split the concept, not the layer"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_keeps_functions_short(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    long = {
        node.name: length
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert not long


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] != "tests"], ids=str)
def test_has_no_junk_drawers(path):
    assert path.stem not in JUNK_DRAWERS, "name the module after what it knows"
