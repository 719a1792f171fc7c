"""Profiles in documents: what was known, the answers, and by which tables they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from khachhang import templates
from khachhang.codec._containers import MappingForm, MaybeForm
from khachhang.codec._forms import NO_LIMITS, DateForm, Form, TextForm
from khachhang.codec._records import check_type, is_object, object_schema, read_keys, refuse_unknown
from khachhang.codec._spot import UNREAD
from khachhang.codec._tables import LABEL_SET, ClassificationForm
from khachhang.errors import KhachhangError
from khachhang.profiles import Profile

if TYPE_CHECKING:
    from khachhang.codec._forms import Definitions, Limits, Schema
    from khachhang.codec._spot import Spot
    from khachhang.templates import Template

_ANSWER: Final = ClassificationForm()


class TemplateReference(Form):
    """A template by its name, its policies and the version of each table.

    The tables themselves stand in the library, or in a document of the template's own: they are large, and the same for
    every customer.
    """

    name = "template"

    def __init__(self, policy: Form) -> None:
        self._keys: dict[str, Form] = {
            "name": TextForm(),
            "policies": MappingForm(policy),
            "tables": MappingForm(MaybeForm(TextForm())),
        }

    def write(self, value: Any) -> Any:
        policies = self._keys["policies"].write(value.policies)
        return {
            "name": value.name,
            **({"policies": policies} if policies else {}),
            "tables": {each.name: getattr(each, "version", None) for each in value.classifiers},
        }

    def read(self, raw: Any, spot: Spot) -> Any:
        if not is_object(raw, spot, self.name):
            return UNREAD
        values = read_keys(raw, spot, self._keys, ("name", "tables"))
        if values is None:
            return UNREAD
        template = self._found(values["name"], values.get("policies", {}), spot)
        if template is UNREAD:
            return UNREAD
        before = len(spot.faults)
        if template.name != values["name"]:
            spot.at("name").wrong(values["name"], f"is not the template {template.name!r} that was given", _HINT)
        if template.policies != values.get("policies", {}):
            spot.at("policies").note("are not those of the template", _HINT)
        versions = {each.name: getattr(each, "version", None) for each in template.classifiers}
        for name in {**versions, **values["tables"]}:
            if versions.get(name, UNREAD) != values["tables"].get(name, UNREAD):
                problem = f"the answers were given by another table than that of template {template.name!r}"
                spot.at("tables").at(name).note(problem, _HINT)
        return template if len(spot.faults) == before else UNREAD

    def _found(self, name: str, policies: dict[str, Any], spot: Spot) -> Any:
        if spot.context.template is not None:
            return spot.context.template
        make = templates._MAKERS.get(name)
        if make is None:
            return spot.at("name").wrong(name, "is no template of the library", _HINT)
        ready = make()
        if ready.policies == policies:
            return ready
        facets = [*(each.name for each in ready.classifiers), *ready.left_out]
        inside = spot.at("policies")
        if not policies.keys() <= set(facets):
            return inside.note("there is a policy for a facet that the template lacks", f"it has {', '.join(facets)}")
        try:
            return ready(**policies)
        except KhachhangError as error:
            return inside.take(error)

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return object_schema(self.name, self._keys, ("name", "tables"), parts)


_HINT: Final = "give the template by which the profile was made: template=..."


class ProfileForm(Form):
    """A profile: the answers by facet, the facts, and the template by reference."""

    name = "Profile"
    _REQUIRED: Final = ("customer_id", "as_of", "facts", "template", "classifications")

    def __init__(self, facts: Form, policy: Form) -> None:
        self._keys: dict[str, Form] = {
            "customer_id": TextForm(),
            "as_of": DateForm(),
            "facts": facts,
            "template": TemplateReference(policy),
        }

    def write(self, value: Any) -> Any:
        made = {key: form.write(getattr(value, key)) for key, form in self._keys.items()}
        answers = {each.name: _ANSWER.write(answer) for each, answer in value.items()}
        for answer in answers.values():
            answer.pop(LABEL_SET, None)  # it is the template's
        return {**made, "classifications": answers}

    def read(self, raw: Any, spot: Spot) -> Any:
        if not is_object(raw, spot, self.name):
            return UNREAD
        check_type(raw, spot, self.name)
        answers = raw.get("classifications")
        values = read_keys(raw, spot, self._keys, self._REQUIRED, ("classifications",))
        inside = spot.at("classifications")
        if values is None or not is_object(answers, inside, "classifications"):
            return UNREAD
        made = self._answers(answers, inside, values["template"])
        return UNREAD if made is None else Profile(**values, classifications=made)

    def _answers(self, raw: dict[Any, Any], spot: Spot, template: Template) -> Any:
        before = len(spot.faults)
        names = [each.name for each in template.classifiers]
        refuse_unknown((name for name in raw if name not in names), names, spot)
        made = []
        for each in template.classifiers:
            inside = spot.at(each.name)
            if each.name not in raw:
                inside.note("is missing", "every facet of the template has its answer")
            elif is_object(raw[each.name], inside, _ANSWER.name):
                made.append(_ANSWER.read_labels(raw[each.name], inside, each.category))
        return tuple(made) if len(spot.faults) == before else None

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return parts.refer(self.name, lambda: self._schema(parts))

    def _schema(self, parts: Definitions) -> Schema:
        made = object_schema(self.name, self._keys, self._REQUIRED, parts)
        answers = {"type": "object", "additionalProperties": _ANSWER.schema(parts, NO_LIMITS)}
        made["properties"]["classifications"] = answers
        return made
