"""Label sets of the user's own, and sets made at run time."""

from __future__ import annotations

import copy
import gc
import io
import pickle
import subprocess
import sys
import unicodedata
import weakref
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from khachhang.errors import CategoryError, UnknownLanguageError
from khachhang.taxonomy import AgeBand, Category, Personality, Scope, Subject, Term, Words, term
from khachhang.taxonomy.category import make_category, terms_of

if TYPE_CHECKING:
    from collections.abc import Callable


class Wave(Category):
    EARLY = "early"
    LATE = "late"


class Mood(Category, vi="Tâm trạng", en="Mood", definition_vi="Vui hay buồn.", source="A note", facet="humour"):
    GLAD = term("glad", vi="Vui", en="Glad", definition_vi="Đang vui.", definition_en="In good spirits.", source="p. 1")
    SAD = term("sad", vi="Buồn")


def facet(code: str = "spend_band", vi: str = "Mức chi") -> Term:
    return term(code, vi=vi, en="Spend band", definition_vi="Theo mức chi.", definition_en="By spend.", source="fitted")


def bands(*codes: str) -> tuple[Term, ...]:
    return tuple(term(code, vi=f"Bậc {code}", en=f"Band {code}") for code in codes)


def through_pickle(thing: Any, protocol: int) -> Any:
    return pickle.loads(pickle.dumps(thing, protocol))


def through_the_pickler_in_python(thing: Any, protocol: int) -> Any:
    file = io.BytesIO()
    pickle._Pickler(file, protocol).dump(thing)  # it has no public name
    file.seek(0)
    return pickle._Unpickler(file).load()  # it has no public name


protocols = pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
roundtrips = pytest.mark.parametrize("roundtrip", [through_pickle, through_the_pickler_in_python])
copies = pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])


def test_three_lines_make_a_label_set() -> None:
    early: object = Wave.EARLY
    assert [member.value for member in Wave] == ["early", "late"]
    assert early == "early"
    assert Wave("late") is Wave.LATE
    assert Wave.facet() == "wave"
    assert Wave.LATE.rank == 1


def test_without_words_the_code_is_the_label() -> None:
    class Wave(Category):
        EARLY = "early"
        LATE = term("late")

    assert Wave.choices("vi") == Wave.choices("en") == [("early", "early"), ("late", "late")]
    assert Wave.EARLY.definition("vi") == Wave.EARLY.source == Wave.facet_definition("en") == Wave.facet_source() == ""
    assert Wave.facet_title("vi") == Wave.facet_title("en") == "wave"


def test_a_term_gives_the_words_and_one_language_stands_in_for_the_other() -> None:
    class Mood(Category, en="Mood"):
        GLAD = term(
            "glad", vi="Vui", en="Glad", definition_vi="Đang vui.", definition_en="In good spirits.", source="p. 1"
        )
        SAD = term("sad", vi="Buồn")

    assert (Mood.GLAD.label("vi"), Mood.GLAD.label("en")) == ("Vui", "Glad")
    assert (Mood.GLAD.definition("vi"), Mood.GLAD.definition("en")) == ("Đang vui.", "In good spirits.")
    assert Mood.GLAD.source == "p. 1"
    assert (Mood.SAD.label("vi"), Mood.SAD.label("en")) == ("Buồn", "Buồn")
    assert (Mood.SAD.definition("vi"), Mood.SAD.definition("en"), Mood.SAD.source) == ("", "", "")
    assert (Mood.facet_definition("vi"), Mood.facet_definition("en"), Mood.facet_source()) == ("", "", "")
    assert term("sad", en="Sad").label == Words("Sad", "Sad")
    assert (Mood.facet_title("vi"), Mood.facet_title("en")) == ("Mood", "Mood")


def test_class_arguments_give_the_words_of_the_facet() -> None:
    class Mood(Category, vi="Tâm trạng", en="Mood", definition_vi="Vui hay buồn.", source="A note", facet="humour"):
        GLAD = "glad"

    assert Mood.facet() == "humour"
    assert (Mood.facet_title("vi"), Mood.facet_title("en")) == ("Tâm trạng", "Mood")
    assert (Mood.facet_definition("vi"), Mood.facet_definition("en")) == ("Vui hay buồn.", "")
    assert Mood.facet_source() == "A note"


def test_words_and_codes_are_kept_in_composed_form() -> None:
    loose = unicodedata.normalize("NFD", "Mua sớm")
    entry = term("sớm", vi=loose, definition_vi=loose)
    assert entry.label.vi == entry.definition.vi == "Mua sớm"
    assert term(unicodedata.normalize("NFD", "sớm")).code == "sớm"


def test_a_capital_run_in_a_class_name_is_one_word_of_the_facet() -> None:
    class NPSBand2Wide(Category):
        LOW = "low"

    assert NPSBand2Wide.facet() == "nps_band2_wide"


def test_words_in_an_unknown_language_are_refused() -> None:
    with pytest.raises(UnknownLanguageError):
        Words(vi="Vui", en="Glad").text("fr")  # type: ignore[arg-type]  # the mistake under test


def test_a_code_given_twice_is_refused() -> None:
    with pytest.raises(CategoryError, match=r"Twice: the code 'early' is given twice\nHint: give AGAIN a code"):

        class Twice(Category):
            EARLY = "early"
            AGAIN = "early"


@pytest.mark.parametrize("code", ["", " "])
def test_an_empty_code_is_refused(code: str) -> None:
    with pytest.raises(CategoryError, match="is empty"):
        term(code)
    with pytest.raises(CategoryError, match="is empty"):

        class Empty(Category):
            NOTHING = code


@pytest.mark.parametrize("field", ["vi", "en", "definition_vi", "definition_en", "source"])
def test_words_that_are_no_text_are_refused(field: str) -> None:
    wrong: dict[str, Any] = {field: 3}
    with pytest.raises(CategoryError, match=f"{field}: 3 is no text"):
        term("early", **wrong)


@pytest.mark.parametrize("field", ["definition_vi", "definition_en"])
def test_words_of_a_facet_that_are_no_text_are_refused(field: str) -> None:
    wrong: dict[str, Any] = {field: 3}
    with pytest.raises(CategoryError, match=f"{field}: 3 is no text"):

        class Wrong(Category, **wrong):
            EARLY = "early"


def test_a_code_that_is_no_text_is_refused() -> None:
    with pytest.raises(CategoryError, match="code: 3 is no text"):
        term(3)  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(CategoryError, match="code: 3 is no text"):

        class Wrong(Category):
            THREE = 3


def test_an_unknown_class_argument_is_refused() -> None:
    wrong: dict[str, Any] = {"title": "Wave"}
    with pytest.raises(TypeError):

        class Wrong(Category, **wrong):
            EARLY = "early"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'never' is not a valid Wave"):
        Wave("never")


def test_labels_and_words_can_not_be_changed() -> None:
    with pytest.raises(AttributeError):
        Wave.EARLY = "other"  # type: ignore[misc]  # the mistake under test
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        facet().code = "other"  # type: ignore[misc]  # the mistake under test


def test_equal_codes_of_two_sets_are_equal_strings_and_different_labels() -> None:
    subject: object = Subject.INDIVIDUAL
    scope: object = Scope.INDIVIDUAL
    assert subject == scope == "individual"
    assert hash(subject) == hash(scope) == hash("individual")
    assert type(subject) is not type(scope)


def test_a_label_reads_as_its_code_in_text() -> None:
    assert f"{AgeBand.UNDER_15}" == "under_15"
    assert repr(AgeBand.UNDER_15) == "<AgeBand.UNDER_15: 'under_15'>"


@protocols
@roundtrips
@pytest.mark.parametrize("category", [Wave, Mood, AgeBand, Personality])
def test_an_ordinary_set_pickles_to_itself(
    category: type[Category], roundtrip: Callable[[Any, int], Any], protocol: int
) -> None:
    assert roundtrip(category, protocol) is category
    for member in category:
        assert roundtrip(member, protocol) is member


@copies
def test_an_ordinary_set_copies_to_itself(copied: Callable[[Any], Any]) -> None:
    assert copied(Mood) is Mood
    assert copied(Mood.GLAD) is Mood.GLAD


def test_a_set_made_at_run_time_has_the_words_it_was_given() -> None:
    made = make_category(facet(), bands("low", "high"))
    assert issubclass(made, Category)
    assert made.__name__ == "SpendBand"
    assert made.facet() == "spend_band"
    assert made.facet_title("vi") == "Mức chi"
    assert made.facet_definition("en") == "By spend."
    assert made.facet_source() == "fitted"
    assert made.choices("vi") == [("low", "Bậc low"), ("high", "Bậc high")]
    assert [member.name for member in made] == ["LABEL_1", "LABEL_2"]
    assert made("high").rank == 1
    assert terms_of(made) == (facet(), bands("low", "high"))


def test_a_code_of_any_signs_can_be_a_label_at_run_time() -> None:
    made = make_category(term("2 + 2"), (term("0-10"), term("10+")))
    assert [member.value for member in made] == ["0-10", "10+"]
    assert made.facet() == "2 + 2"


def test_a_facet_without_letters_still_makes_a_set() -> None:
    assert make_category(term("+"), bands("low")).__name__ == "Labels"


def test_equal_facet_codes_and_words_are_one_set() -> None:
    made = make_category(facet(), bands("low", "high"))
    again = make_category(facet(), bands("low", "high"))
    assert made is again
    assert made("low") is again("low")


@pytest.mark.parametrize(
    ("other_facet", "other_labels"),
    [
        (facet("cost_band"), bands("low", "high")),
        (facet(vi="Bậc chi"), bands("low", "high")),
        (facet(), bands("high", "low")),
        (facet(), bands("low", "high", "top")),
        (facet(), (term("low"), term("high"))),
    ],
    ids=["facet", "facet's words", "order", "codes", "words"],
)
def test_sets_that_differ_in_anything_are_two(other_facet: Term, other_labels: tuple[Term, ...]) -> None:
    made = make_category(facet(), bands("low", "high"))
    other = make_category(other_facet, other_labels)
    assert made is not other
    assert made("low") is not other("low")


def test_a_set_made_at_run_time_refuses_a_code_given_twice() -> None:
    with pytest.raises(CategoryError, match="the code 'low' is given twice"):
        make_category(facet(), bands("low", "high", "low"))


@protocols
@roundtrips
def test_a_set_made_at_run_time_pickles_to_itself(roundtrip: Callable[[Any, int], Any], protocol: int) -> None:
    made = make_category(facet(), bands("low", "high"))
    assert roundtrip(made, protocol) is made
    for member in made:
        assert roundtrip(member, protocol) is member
    assert roundtrip({made("low"): [made, made("high")]}, protocol) == {made("low"): [made, made("high")]}


@copies
def test_a_set_made_at_run_time_copies_to_itself(copied: Callable[[Any], Any]) -> None:
    made = make_category(facet(), bands("low", "high"))
    assert copied(made) is made
    assert copied(made("low")) is made("low")
    assert copied([made("low")])[0] is made("low")


def test_a_set_made_at_run_time_pickles_into_another_process() -> None:
    made = make_category(facet(), bands("low", "high"))
    code = (
        "import pickle, sys\n"
        "label = pickle.loads(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(pickle.dumps([label.label('vi'), label.rank, type(label).facet(), label]))\n"
    )
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code], input=pickle.dumps(made("high")), capture_output=True, check=True
    )
    words, rank, name, label = pickle.loads(done.stdout)
    assert (words, rank, name) == ("Bậc high", 1, "spend_band")
    assert label is made("high")


def test_a_set_comes_back_after_nobody_held_it() -> None:
    made = make_category(facet("short_lived"), bands("low", "high"))
    held = weakref.ref(made)
    stored = pickle.dumps(made("high"))
    del made
    gc.collect()
    assert held() is None
    label = pickle.loads(stored)
    assert label == "high"
    assert label is make_category(facet("short_lived"), bands("low", "high"))("high")
