"""Documents: any object of the library as plain data or JSON, and back."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from khachhang.codec import _register, _text
from khachhang.codec._forms import error
from khachhang.codec._records import TYPE
from khachhang.codec._spot import PLAIN, Context, EnoughFaults, Mismatch, Spot
from khachhang.entities._checks import gather
from khachhang.errors import Fault, InvalidError, KhachhangError, listed, repr_of
from khachhang.rules._place import shown
from khachhang.rules._reading import check_category, handles
from khachhang.templates import as_template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.codec._forms import Form
    from khachhang.rules import Classifier
    from khachhang.rules.fact import Fact
    from khachhang.taxonomy import Category
    from khachhang.templates import Template

T = TypeVar("T")
_MOST_INDENT = 16

FORMAT: Final = 1
"""The version of the format; another one is refused."""
VERSION: Final = "khachhang"
"""The key under which it stands in the outermost object."""


def to_dict(obj: Any) -> dict[str, Any]:
    """An object as plain data, ready for JSON: dicts, lists, texts, numbers, Booleans and None.

    Amounts and dates are texts, labels are their codes. What is not known is left out. Personal data (contact data,
    birth dates, incomes, assets, scores, identity numbers) is written in full: it is up to you who reads it.

    Args:
        obj: An object of any type in `TYPES`.

    Returns:
        A new dict, with the keys ``khachhang`` (the format's version) and ``type`` (the name of the class) in front.

    Raises:
        InvalidError: If the type has no form, or a value none in JSON (an amount of more than 300 digits).
        TableDocumentError: If a table is too large for a document.

    >>> import khachhang as kh
    >>> kh.codec.to_dict(kh.Tie("employee"))
    {'khachhang': 1, 'type': 'Tie', 'kind': 'employee'}
    """
    kind = type(obj)
    form = form_for(kind, "to_dict")
    name = getattr(form, "name", kind.__name__)
    return {VERSION: FORMAT, TYPE: name, **form.write(obj)}


def from_dict(
    data: Any,
    kind: type[T],
    *,
    unknown_keys: Literal["refuse", "ignore"] = "refuse",
    categories: Iterable[type[Category]] = (),
    facts: Iterable[Fact[Any]] = (),
    template: Template | Iterable[Classifier[Any]] | None = None,
) -> T:
    """The object of plain data that `to_dict` made or another program wrote; equal to the one that was written.

    The two keys in front may lack, so that a web form or a row of a database can be read as it is; where they are, they
    must be right. Amounts may be whole numbers too, and where JSON has a text a `Decimal` or a `date` will do. What may
    be left out is then not known, or has its default.

    Args:
        data: The data, as ``json.loads`` gives it.
        kind: What it is to be: a type in `TYPES`.
        unknown_keys: ``"refuse"``, or ``"ignore"`` to pass over keys that mean nothing here, at about half the speed;
            those of tables and conditions are refused all the same, for there each counts.
        categories: Label sets of your own that a table or an answer may speak of.
        facts: Facts of your own whose values are labels, for tables that name them.
        template: The template by which a profile was made, or the list of classifiers; None where it is one of the
            library's.

    Raises:
        InvalidError: With every fault of the data, each with its place, such as ``purchases[3].amount``; of a table the
            first. Personal values never stand in it.
        KhachhangError: If what is given beside the data can not be meant: a label set, fact or template that is none.

    >>> import khachhang as kh
    >>> kh.codec.from_dict({"kind": "employee", "since": "2024-02-01"}, kh.Tie).since
    datetime.date(2024, 2, 1)
    >>> kh.codec.from_dict({"kind": "empoyee", "since": "01/02/2024"}, kh.Tie)
    Traceback (most recent call last):
    ...
    khachhang.errors.InvalidError: Tie: 2 wrong fields
      kind: 'empoyee' is no code of TieKind
        Hint: did you mean 'employee'?
      since: '01/02/2024' is not a date
        Hint: write year, month and day, as in '2026-01-05'
    """
    wanted: Any = kind
    form = form_for(wanted, "from_dict")
    body = _body(data, kind.__name__)
    if unknown_keys == "refuse" and not categories and not facts and template is None:
        try:
            made: T = _quick(wanted)(body, None)
        except (KhachhangError, Mismatch, KeyError, TypeError):
            context = PLAIN
        else:
            return made
    else:
        context = _context(unknown_keys, categories, facts, template)
    return _slow(form, body, kind, context)


def dumps(obj: Any, *, indent: int | None = None) -> str:
    """An object as JSON; see `to_dict`. Write it to files and wires in UTF-8.

    Args:
        obj: An object of any type in `TYPES`.
        indent: How many spaces deeper each level stands, for people; None for one line.

    Raises:
        InvalidError: If the type has no form, a value none in JSON, or the indent is none.
        TableDocumentError: If a table is too large for a document.

    >>> import khachhang as kh
    >>> kh.codec.dumps(kh.Person("Nguyễn Thị Lan"))
    '{"khachhang": 1, "type": "Person", "name": "Nguyễn Thị Lan"}'
    """
    if indent is not None and not (type(indent) is int and 0 <= indent <= _MOST_INDENT):
        hint = f"give a whole number of spaces from 0 to {_MOST_INDENT}, or None"
        raise InvalidError("dumps", [Fault("indent", f"{repr_of(indent)} is no number of spaces", hint)])
    text = json.dumps(to_dict(obj), ensure_ascii=False, allow_nan=False, indent=indent)
    if not _text.is_writable(text):
        raise error("a text with half a surrogate pair in it", "check the encoding of where it came from")
    return text


def loads(
    document: str | bytes,
    kind: type[T],
    *,
    unknown_keys: Literal["refuse", "ignore"] = "refuse",
    categories: Iterable[type[Category]] = (),
    facts: Iterable[Fact[Any]] = (),
    template: Template | Iterable[Classifier[Any]] | None = None,
) -> T:
    """The object of a JSON document; see `from_dict` for all arguments but the first.

    Stricter than JSON itself where programs disagree or could be misled: NaN and infinities, a key that stands twice in
    one object, halves of surrogate pairs, numbers of more than 300 digits, texts of more than 16 MiB and another
    encoding than UTF-8 are refused.

    Args:
        document: The text, or its bytes in UTF-8.
        kind: What it is to be.
        unknown_keys: What to do with keys that mean nothing here.
        categories: Label sets of your own.
        facts: Facts of your own.
        template: The template of a profile, or the list of classifiers.

    Raises:
        InvalidError: If it is no such document, with every fault that was found.

    >>> import khachhang as kh
    >>> kh.codec.loads('{"name": "Nguyễn Thị Lan", "monthly_income": "18500000"}', kh.Person).monthly_income
    Decimal('18500000')
    """
    form_for(kind, "loads")
    data = _text.parse(document, kind.__name__)
    return from_dict(data, kind, unknown_keys=unknown_keys, categories=categories, facts=facts, template=template)


def form_for(kind: Any, subject: str) -> Form:
    """The form of a type.

    Raises:
        InvalidError: If it has none.
    """
    try:
        return _known(kind)
    except LookupError:
        why = _register.reason(kind) or "see kh.codec.TYPES for those that have one"
        raise InvalidError(subject, [Fault("kind", f"{kind.__name__} has no form in documents", why)]) from None
    except (AttributeError, TypeError):  # no class, and perhaps nothing that can be a key
        problem = f"{shown(kind)} is not a class"
        raise InvalidError(subject, [Fault("kind", problem, "give the class, such as kh.Customer")]) from None


@cache
def _known(kind: Any) -> Form:
    return _register.form_for(kind)


@cache
def _quick(kind: Any) -> Any:
    return _known(kind).quick()


def _body(data: Any, subject: str) -> Any:
    """The data without the version, which is checked."""
    if not isinstance(data, dict) or VERSION not in data:
        return data
    version = data[VERSION]
    if type(version) is not int or version != FORMAT:
        problem = f"{shown(version)} is not a version that can be read"
        hint = f"this khachhang reads version {FORMAT}; a newer one may read it"
        raise InvalidError(subject, [Fault(VERSION, problem, hint)])
    return {key: value for key, value in data.items() if key != VERSION}


def _slow(form: Form, body: Any, kind: type[T], context: Context) -> T:
    spot = Spot(context)
    value: Any = None
    with suppress(EnoughFaults):
        value = form.read(body, spot)
    if spot.faults:
        raise InvalidError(kind.__name__, spot.faults)
    made: T = value
    return made


def _context(
    unknown_keys: str,
    categories: Iterable[type[Category]],
    facts: Iterable[Fact[Any]],
    template: Template | Iterable[Classifier[Any]] | None,
) -> Context:
    if unknown_keys not in ("refuse", "ignore"):
        problem = f"{shown(unknown_keys)} is not a way to treat unknown keys"
        raise InvalidError("from_dict", [Fault("unknown_keys", problem, "write 'refuse' or 'ignore'")])

    def refused(shown: str) -> InvalidError:
        return InvalidError(
            "from_dict", [Fault("categories", f"{shown} is no list of label sets", "put them in a list")]
        )

    label_sets = listed(categories, refused)
    for each in label_sets:
        check_category(each)
    own: Any = gather(facts)
    handles(own)
    chosen = None if template is None else as_template(template)
    return Context({each.facet(): each for each in label_sets}, tuple(own), chosen, unknown_keys == "ignore")
