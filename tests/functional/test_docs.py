"""The documentation says what the code does: nothing is left out of it, and nothing in it leads nowhere."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from onrecord.cli import app
from onrecord.domain.report import FailureReason
from onrecord.domain.statement import Resolution
from onrecord.storage.tables import metadata

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WITHOUT = {".venv", ".git", "build", "dist", "node_modules", "runs"}
MARKDOWN = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part in WITHOUT or part.startswith(".") for part in path.relative_to(ROOT).parts)
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SCHEMAS = sorted((DOCS / "reference" / "schemas").glob("*.json"))

LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<where>[^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(?P<words>.+)$", re.MULTILINE)

# What is not to be said where one of the product's words is meant.
SYNONYMS = {
    r"news sources?|publisher['’]s name|news outlets?": "outlet",
    r"quot(?:er|ee)s?|utterers?": "speaker or actor",
    r"reporting verbs?|speech verbs?|trigger words?": "cue",
    r"boiler-?plate|chrome": "page furniture",
    r"quote spans?|quotation spans?": "content",
    r"(?:truth|trust|credibility|veracity) scores?": "nothing: no verdict is computed",
    r"(?:the|a|your) (?:database|db) file": "record",
    r"wire story": "report",
}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """Return the text under each heading of the second level."""
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _anchors(path: Path) -> set[str]:
    """Return the anchors that a reader of Markdown gives to the headings of a file."""
    words = (match["words"] for match in HEADING.finditer(FENCED.sub("", _read(path))))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in words}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _commands() -> Iterator[tuple[str, str]]:
    """Yield each command with each of its options."""
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        yield name, f"onrecord {name}"
        for parameter in command.params:
            options = [word for word in parameter.opts if word.startswith("--")]
            if options and options != ["--help"]:
                yield name, options[0]


COMMANDS = sorted(set(_commands()))


@pytest.mark.parametrize(("command", "words"), COMMANDS, ids=[" ".join(pair) for pair in COMMANDS])
def test_every_command_and_option_is_described(command: str, words: str) -> None:
    """Each command has its section in the reference, and the section names each of its options."""
    section = _sections(_read(DOCS / "reference" / "commands.md"))[command]
    assert re.search(rf"`?{re.escape(words)}\b", section)


def test_the_reference_names_no_option_that_is_not_there() -> None:
    """Whatever the reference calls an option is one of some command."""
    known = {words for _, words in COMMANDS} | {"--help", "--version"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", _read(DOCS / "reference" / "commands.md")))
    assert named <= known


@pytest.mark.parametrize("path", MARKDOWN, ids=_name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    """A link to a file finds it, and one with an anchor finds the heading."""
    for match in LINK.finditer(FENCED.sub("", _read(path))):
        where, _, anchor = match["where"].partition("#")
        if re.match(r"[a-z]+:", where):
            continue
        target = (path.parent / where).resolve() if where else path
        assert target.is_relative_to(ROOT), f"{_name(path)}: {match['where']} leads out of the project"
        assert target.exists(), f"{_name(path)}: {match['where']}"
        if anchor and target.suffix == ".md":
            assert anchor in _anchors(target), f"{_name(path)}: {match['where']}"


def _dependencies() -> list[str]:
    groups = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    return sorted({re.split(r"[^\w.-]", wanted)[0] for group in groups for wanted in group})


def test_every_dependency_has_its_line_of_reason() -> None:
    """The packages of `pyproject.toml` and those of the table are the same."""
    rows = re.findall(r"^\| `([\w.-]+)` \| (.*?\w.*?) \|", _read(DOCS / "dependencies.md"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == _dependencies()


def test_every_room_is_described() -> None:
    """Each folder and module of the package has its place in the description of the house."""
    house = ROOT / "src" / "onrecord"
    rooms = [path for path in house.iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    modules = [path for path in house.glob("*.py") if not path.name.startswith("_")]
    text = _read(DOCS / "architecture.md")
    assert rooms
    for path in (*rooms, *modules):
        assert f"(../src/onrecord/{path.name})" in text, path.name


def test_the_layers_are_those_of_the_contract() -> None:
    """The documentation draws the layers as the contract in `pyproject.toml` has them."""
    (contract,) = PROJECT["tool"]["importlinter"]["contracts"]
    drawn = " → ".join(contract["layers"])
    assert drawn in _read(DOCS / "architecture.md")
    assert drawn.removeprefix("__main__ → ") in _read(ROOT / "CONTRIBUTING.md")


def _properties(schema: Any, before: str = "") -> Iterator[str]:
    """Yield the keys of an object and those of the objects in it, as `blocks[].span`."""
    for key, value in schema.get("properties", {}).items():
        yield f"{before}{key}"
        yield from _properties(value, f"{before}{key}.")
        yield from _properties(value.get("items", {}), f"{before}{key}[].")


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_every_key_of_a_shape_is_described(path: Path) -> None:
    """Each schema is linked from the JSON reference, which has a line for each of its keys."""
    text = _read(DOCS / "reference" / "json.md")
    assert f"(schemas/{path.name})" in text
    schema = json.loads(_read(path))
    shapes = [schema, *schema.get("$defs", {}).values()]
    section = text if path.stem == "parts" else _sections(text)[path.stem]
    for key in (key for shape in shapes for key in _properties(shape)):
        assert re.search(rf"^\| `(?:failure\.)?{re.escape(key)}` \|", section, re.MULTILINE), key


def test_every_table_and_column_is_described() -> None:
    """The description of the record names each table with exactly its columns, in their order."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", _sections(_read(DOCS / "record.md"))["Tables"], re.MULTILINE)
    described = {table: re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns)) for table, columns in rows}
    assert described == {table.name: [column.name for column in table.columns] for table in metadata.tables.values()}


@pytest.mark.parametrize(
    ("words", "where"),
    [(list(FailureReason), "reading.md"), (list(Resolution), "speakers.md")],
    ids=["failure reasons", "resolutions"],
)
def test_every_word_of_a_table_is_described(words: list[str], where: str) -> None:
    """Each reason of a failure and each way of resolving a speaker has its line."""
    text = _read(DOCS / where)
    for word in words:
        assert f"\n| `{word}` |" in text


@pytest.mark.parametrize("path", MARKDOWN, ids=_name)
def test_one_word_for_one_thing(path: Path) -> None:
    """No page says in another word what the product has a word for."""
    text = FENCED.sub("", _read(path))
    for pattern, word in SYNONYMS.items():
        found = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        assert found is None, f"{_name(path)}: “{found and found[0]}”; the word is: {word}"


@pytest.mark.parametrize("path", [*MARKDOWN, *SCHEMAS], ids=_name)
def test_no_path_of_a_machine(path: Path) -> None:
    """No page names a folder that only its author has."""
    assert not re.search(r"(?<![\w.:/])/(?:home|Users|root|tmp|mnt|opt|srv|work)/", _read(path))


@pytest.mark.parametrize("path", MARKDOWN, ids=_name)
def test_every_target_of_make_is_there(path: Path) -> None:
    """A page tells nobody to make what the Makefile does not know."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", _read(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", _read(path), re.MULTILINE)) <= targets


def test_the_changelog_has_an_unreleased_part() -> None:
    """What changed since the last release has its place, and each version its date."""
    titles = re.findall(r"^## (.+)$", _read(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert titles[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", title) for title in titles[1:])
