"""The published schemas, held against documents that are right, and against others that are nearly so."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import jsonschema  # type: ignore[import-untyped]  # it brings no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.codec.examples import EXAMPLES, context_of, nearly

import khachhang as kh
from khachhang.codec import _limits

by_kind = pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)

BEYOND_A_SCHEMA = re.compile(
    r"is not a date$"  # days are in the calendar
    r"|is a float, and floats"  # amounts have no point outside of quotes, and to a schema 31.0 is a whole number
    r"|do not rise|rising amounts|is not an order|the same condition as"  # entries agree with each other
    r"|there is no such fact|is before|is more than|^facet: is missing|two classifiers"  # and so do fields
    r"|another table than|are not those of the template|is no template|a policy for a facet"
    r"|no fact is called|is the facet of no|is not the facet|is not a label of|is no code of"  # codes and facts there are
    r"|the label .* is missing|not in the order of|is not the fact|has no order|is declared|true together"
    r"|(value|values\[\d+\]|low|high): .* (is not (a|an|True)|is outside)"  # constants are of their facts' types
    r"|stand more than"  # how deep conditions may stand
    r"|control character"  # which characters a name may have
)
"""The faults that no schema can say, as `kh.codec.schema` lists them."""


@cache
def validator(kind: Any) -> Any:
    made = kh.codec.schema(kind)
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


@by_kind
@settings(max_examples=8)
@given(data=st.data())
def test_every_document_that_is_written_is_valid(kind: Any, data: st.DataObject) -> None:
    validator(kind).validate(json.loads(kh.codec.dumps(data.draw(EXAMPLES[kind]))))


@by_kind
@settings(max_examples=15)
@given(data=st.data())
def test_what_is_valid_can_be_read_and_what_can_be_read_is_valid(kind: Any, data: st.DataObject) -> None:
    value = data.draw(EXAMPLES[kind])
    document = data.draw(nearly(kh.codec.to_dict(value)))
    is_valid = validator(kind).is_valid(document)
    faults: list[str] = []
    try:
        kh.codec.from_dict(document, kind, **context_of(value))
    except kh.InvalidError as error:
        faults = [f"{fault.field}: {fault.problem}" for fault in error.faults]

    assert faults or is_valid
    assert not is_valid or all(BEYOND_A_SCHEMA.search(fault) for fault in faults), faults


def test_the_limits_are_those_of_fields_that_there_are() -> None:
    named = {kind.__name__: kind for kind in kh.codec.TYPES}
    for name, fields in _limits._OF_FIELDS.items():
        assert set(fields) <= {field.name for field in attrs.fields(named[name])}


@pytest.mark.parametrize("amount", ["0", "000123.4500000000", "999999999999999999.999999", "-0.00", "+1", 10**18 - 1])
def test_the_schema_of_an_amount_accepts_what_a_purchase_accepts(amount: Any) -> None:
    document = {"day": "2026-01-05", "amount": amount}
    validator(kh.Purchase).validate(document)
    assert kh.codec.from_dict(document, kh.Purchase).amount == Decimal(amount)


@pytest.mark.parametrize(
    "amount", ["", "-1", "1e3", "1.2345678", "1 000", "1" + 18 * "0", 10**18, -1, True, None, "1\n"], ids=repr
)
def test_the_schema_of_an_amount_refuses_what_a_purchase_refuses(amount: Any) -> None:
    document = {"day": "2026-01-05", "amount": amount}
    assert not validator(kh.Purchase).is_valid(document)
    with pytest.raises(kh.InvalidError, match="amount"):
        kh.codec.from_dict(document, kh.Purchase)


def test_a_schema_says_what_the_classes_say() -> None:
    made = kh.codec.schema(kh.Interaction)
    assert made["required"] == ["day", "kind"]
    assert made["properties"]["score"] == {"anyOf": [{"type": "number", "minimum": 0, "maximum": 10}, {"type": "null"}]}
    assert made["$defs"]["InteractionKind"] == {"enum": [kind.value for kind in kh.InteractionKind]}
    assert not made["additionalProperties"]


def test_policies_say_their_limits_themselves() -> None:
    made = kh.codec.schema(kh.classifiers.FinancialTierPolicy)["properties"]
    assert (made["cuts"]["minItems"], made["cuts"]["maxItems"]) == (4, 4)
    assert kh.codec.schema(kh.classifiers.SubjectPolicy)["properties"]["business_min_share"] == {
        "type": "number", "minimum": 0, "maximum": 1,
    }  # fmt: skip


def test_a_type_without_a_form_has_no_schema() -> None:
    with pytest.raises(kh.InvalidError, match="AgeBand has no form in documents") as caught:
        kh.codec.schema(kh.AgeBand)
    assert caught.value.subject == "schema"
