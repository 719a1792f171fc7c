"""What the package is to those who install it: its names, its imports, its errors, its version."""

import inspect
import os
import pickle
import subprocess
import sys
import sysconfig
import tomllib
from enum import Enum
from importlib import resources
from pathlib import Path
from types import ModuleType

import pytest

import khachhang as kh
from khachhang import classifiers, errors, taxonomy

ROOT = Path(__file__).parents[1]
PUBLIC = {name: getattr(kh, name) for name in kh.__all__}
ERRORS = {name: found for name, found in PUBLIC.items() if isinstance(found, type) and issubclass(found, Exception)}
CALLED = {
    f"{room.__name__}.{name}": found
    for room in (kh, classifiers)
    for name in room.__all__
    if inspect.isclass(found := getattr(room, name)) or inspect.isfunction(found)
}
RAISED: tuple[kh.KhachhangError, ...] = (
    kh.CategoryError("code: '' is empty", "give each label a short stable code"),
    kh.CurrencyError("purchases in EUR, USD: no rate for EUR into USD", "give rates={'EUR': Decimal(...)}"),
    kh.InvalidError(
        "Purchase", [kh.Fault("amount", "1.5 is a float", "use a string"), kh.Fault("day", "no date", "-")]
    ),
    kh.MissingExtraError("frames", "narwhals"),
    kh.OverlapError("age_band", [0, 2], kh.Facts(age=15)),
    kh.PolicyError("income_band: no policy", "give kh.classifiers.IncomeBandPolicy(...)"),
    kh.PredicateError("age: 'x' is not a whole number from 0", "compare age with a whole number from 0"),
    kh.TableDocumentError("rules[3].label", "'old' is not a label", "the labels are young, adult"),
    kh.TableError("name: '' is no name of a table", "name the table by its facet's code"),
    kh.TemplateError("classifier 0: 3 is no classifier", "give tables"),
    kh.TruthValueError("a predicate has no truth value", "use &, | and ~"),
    kh.UnknownFactError("fact", "ag", ["age"]),
    kh.UnknownLanguageError("fr", ["vi", "en"]),
    kh.UnknownNameError("facet of template 'retail'", "scope", (), "the facets are subject, benefit"),
)


class TestNames:
    @pytest.mark.parametrize("room", [kh, classifiers, taxonomy], ids=lambda room: room.__name__)
    def test_all_is_sorted_and_names_each_once(self, room: ModuleType) -> None:
        constants = [name for name in room.__all__ if name.isupper()]
        classes = [name for name in room.__all__ if name[0].isupper() and not name.isupper()]
        others = [name for name in room.__all__ if not name[0].isupper()]
        assert room.__all__ == sorted(constants) + sorted(classes) + sorted(others)
        assert len(set(room.__all__)) == len(room.__all__)

    def test_all_is_complete(self) -> None:
        rooms = {name for name in dir(kh) if isinstance(getattr(kh, name), ModuleType)}
        public = {name for name in dir(kh) if not name.startswith("_")} - {"annotations"}
        assert public - rooms == set(kh.__all__) - rooms
        assert set(kh.__all__) & rooms == {"classifiers", "names", "templates"}

    def test_every_label_set_is_at_the_top(self) -> None:
        made = {name for name in taxonomy.__all__ if isinstance(found := getattr(taxonomy, name), type)
                and issubclass(found, kh.Category)}  # fmt: skip
        assert made <= set(kh.__all__)

    def test_every_error_is_at_the_top(self) -> None:
        made = {name for name, found in vars(errors).items() if isinstance(found, type)
                and issubclass(found, (Exception, Warning)) and not name.startswith("_")}  # fmt: skip
        assert made == set(ERRORS)


class TestImport:
    def test_only_attrs_is_imported_and_only_modules_are_read(self) -> None:
        code = """
import sys

before, opened = set(sys.modules), []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import khachhang

packages = {name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names
optional = {"altair", "cattrs", "django", "duckdb", "email_validator", "fastapi", "hypothesis", "narwhals", "numpy",
            "pandas", "phonenumbers", "polars", "pyarrow", "pydantic", "sklearn", "sqlalchemy", "stdnum", "tqdm"}
print(sorted(packages - {"coverage"}))
print(sorted(optional & set(sys.modules)))
print([name for name in opened if not name.rpartition(".")[2].startswith("py")])
"""
        run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # our own
        assert run.stdout.splitlines() == ["['attr', 'attrs', 'khachhang']", "[]", "[]"]

    @pytest.mark.parametrize(("room", "package"), [("frames", "narwhals"), ("testing", "hypothesis")])
    def test_a_room_whose_extra_is_missing_says_what_to_install(
        self, room: str, package: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        without(monkeypatch, room)
        monkeypatch.setitem(sys.modules, package, None)

        with pytest.raises(kh.MissingExtraError, match=rf"Hint: pip install 'khachhang\[{room}\]'$") as caught:
            getattr(kh, room)
        assert (caught.value.room, caught.value.package, caught.value.extra) == (room, package, room)

    def test_another_module_that_is_missing_is_no_missing_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        without(monkeypatch, "frames")
        monkeypatch.setitem(sys.modules, "khachhang.frames", None)

        with pytest.raises(ModuleNotFoundError) as caught:
            kh.frames
        assert caught.value.name == "khachhang.frames"

    def test_type_checkers_are_told(self) -> None:
        assert (resources.files("khachhang") / "py.typed").is_file()

    @pytest.mark.skipif("KHACHHANG_INSTALLED" not in os.environ, reason="CI alone tests what is installed")
    def test_the_installed_wheel_is_tested_and_not_the_source_tree(self) -> None:
        assert Path(kh.__file__).is_relative_to(sysconfig.get_path("purelib"))
        assert not list(Path(kh.__file__).parents[1].glob("__editable__*"))

    def test_the_version_is_that_of_the_distribution(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert kh.__version__ == project["version"]


def without(monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    """As if a room had not been imported yet."""
    monkeypatch.delattr(kh, room, raising=False)
    for name in list(sys.modules):
        if name.startswith(f"khachhang.{room}"):
            monkeypatch.delitem(sys.modules, name)


class TestDocstrings:
    @pytest.mark.parametrize("name", CALLED)
    def test_it_says_how_it_is_called(self, name: str) -> None:
        found = CALLED[name]
        text = inspect.getdoc(found) or ""
        assert text
        if inspect.isclass(found) and issubclass(found, (Enum, Exception)) and "__init__" not in vars(found):
            return  # never called by users: its docstring says what it is
        if inspect.isclass(found) and not takes_arguments(found):
            return
        assert "Args:" in text or ">>>" in text or f"``{found.__name__}(" in text

    @pytest.mark.parametrize("name", sorted(name for name in taxonomy.__all__ if name in kh.__all__))
    def test_a_label_set_defines_itself_in_both_languages(self, name: str) -> None:
        found = getattr(kh, name)
        if isinstance(found, type) and issubclass(found, kh.Category) and list(found):
            assert found.facet_definition("vi")
            assert found.facet_definition("en")


def takes_arguments(found: type) -> bool:
    if getattr(found, "_is_protocol", False):
        return False
    return any(
        parameter.kind not in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}
        for parameter in inspect.signature(found).parameters.values()
    )


class TestErrors:
    def test_every_error_has_an_example_here(self) -> None:
        assert {type(error) for error in RAISED} == set(ERRORS.values()) - {kh.KhachhangError, kh.KhachhangWarning}

    @pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
    def test_it_ends_with_the_cure(self, error: kh.KhachhangError) -> None:
        assert str(error).splitlines()[-1].strip().startswith("Hint: ")

    @pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
    def test_it_pickles_with_its_facts(self, error: kh.KhachhangError) -> None:
        copy = pickle.loads(pickle.dumps(error))
        assert type(copy) is type(error)
        assert str(copy) == str(error)
        assert vars(copy) == vars(error)

    def test_an_unknown_fact_is_named(self) -> None:
        error = kh.UnknownFactError("fact", "ag", ["age"])  # AttributeError has a name as well
        assert (error.kind, error.name, error.close) == ("fact", "ag", ("age",))

    def test_an_error_in_a_label_set_survives_the_making_of_its_class(self) -> None:
        error = kh.CategoryError("code: '' is empty", "give each label a short stable code")
        assert vars(kh.CategoryError(str(error))) == vars(error)
        with pytest.raises(kh.CategoryError, match="is empty\nHint: give each label") as caught:

            class Empty(kh.Category):
                NOTHING = ""

        assert caught.value.problem == "code: '' is empty"

    @pytest.mark.parametrize("name", sorted(set(ERRORS) - {"KhachhangError", "KhachhangWarning"}))
    def test_it_is_a_builtin_error_too(self, name: str) -> None:
        assert issubclass(ERRORS[name], kh.KhachhangError)
        assert issubclass(ERRORS[name], (ValueError, TypeError, LookupError, ImportError))
