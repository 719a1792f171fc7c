"""One customer's history with the label over time, as a picture."""

from __future__ import annotations

from datetime import date, datetime

import attrs
import pytest
from tests.charts.populations import AGES, DAY, Guest
from tests.charts.reading import rows, specification, title

import khachhang as kh

LAN = kh.Customer(
    "KH-001",
    kh.Person("Nguyễn Thị Lan", birth_date=date(2011, 6, 1)),
    purchases=[kh.Purchase(date(2024, 1, 5), 250_000), kh.Purchase(date(2026, 2, 1), 400_000)],
    interactions=[kh.Interaction(date(2024, 3, 1), "referral"), kh.Interaction(date(2026, 8, 1), "survey")],
)
STANDING = kh.classifiers.standing()


def spans(customer: kh.Customer, table: kh.Classifier[kh.Category], **options: object) -> list[tuple[str, str, str]]:
    chart = kh.charts.timeline(customer, table, **({"as_of": DAY, "lang": "en"} | options))  # type: ignore[arg-type]
    return [(row["place"], row["start"], row["last"]) for row in rows(chart, "start")]


def test_each_stretch_of_one_label_from_the_first_event_on() -> None:
    # The referral of 2024-03-01 is a dealing, so the 365 days of the period end 2025-03-01, day 365 inside.
    assert spans(LAN, STANDING) == [
        ("Active customer", "2024-01-05", "2025-03-01"),
        ("Former customer", "2025-03-02", "2026-01-31"),
        ("Active customer", "2026-02-01", "2026-06-30"),
    ]


def test_events_up_to_the_last_day_in_lines_of_their_own() -> None:
    events = rows(kh.charts.timeline(LAN, STANDING, as_of=DAY), "event")
    assert [(row["line"], row["day"]) for row in events] == [
        ("Mua hàng", "2024-01-05"), ("Giới thiệu khách", "2024-03-01"), ("Mua hàng", "2026-02-01"),
    ]  # fmt: skip


def test_a_birthday_changes_the_label() -> None:
    assert spans(LAN, AGES, since=date(2026, 5, 30)) == [
        ("Under 15", "2026-05-30", "2026-05-31"),
        ("15 to under 22", "2026-06-01", "2026-06-30"),
    ]


def test_what_is_undetermined_is_a_grey_stretch_and_counted() -> None:
    chart = kh.charts.timeline(LAN, kh.classifiers.benefit(), as_of=date(2024, 1, 14))
    assert title(chart) == ("KH-001: Lợi ích mang lại", ["05/01/2024 đến 14/01/2024; 10 ngày, chưa xác định: 0 (0%)"])
    unsaid = attrs.evolve(LAN, interactions=None)
    chart = kh.charts.timeline(unsaid, kh.classifiers.benefit(), as_of=date(2024, 1, 14), lang="en")
    assert [row["place"] for row in rows(chart, "start")] == ["Undetermined"]
    assert title(chart)[1] == ["2024-01-05 to 2024-01-14; 10 days, undetermined: 10 (100%)"]
    settled = kh.charts.timeline(unsaid, kh.classifiers.benefit(), as_of=date(2024, 1, 14), assume=kh.RECORDED_IS_ALL)
    assert [row["place"] for row in rows(settled, "start")] == ["Khách hàng vãng lai"]


def test_of_several_labels_each_has_a_line() -> None:
    table = kh.classifiers.relationship_type()
    chart = kh.charts.timeline(LAN, table, as_of=date(2024, 4, 30), assume=kh.RECORDED_IS_ALL, lang="en")
    found = rows(chart, "start")
    assert [(row["line"], row["start"], row["last"]) for row in found] == [
        ("New customer", "2024-01-05", "2024-04-04"),
        ("External customer", "2024-01-05", "2024-04-30"),
    ]
    assert not any(row["is_named"] for row in found)


def test_short_stretches_bear_no_words_inside() -> None:
    inside = [
        row["is_named"] for row in rows(kh.charts.timeline(LAN, AGES, as_of=DAY, since=date(2023, 6, 30)), "start")
    ]
    assert inside == [True, False]


def test_dates_on_the_axis_as_the_language_writes_them() -> None:
    for lang, since, pattern in (
        ("vi", None, "%m/%Y"), ("en", None, "%b %Y"), ("vi", date(2026, 5, 1), "%d/%m"), ("en", date(2026, 5, 1), "%d %b"),
    ):  # fmt: skip
        chart = kh.charts.timeline(LAN, AGES, as_of=DAY, since=since, lang=lang)  # type: ignore[arg-type]
        assert f"utcFormat(datum.value, '{pattern}')" in str(specification(chart))


def test_one_without_history_is_shown_for_a_year() -> None:
    quiet = kh.Customer("KH-002", kh.Person("Trần Minh"))
    assert spans(quiet, AGES) == [("Undetermined", "2025-06-30", "2026-06-30")]


def test_a_classifier_of_ones_own() -> None:
    class Always:
        name, category = "guest", Guest

        def classify(self, facts: object) -> kh.Classification[Guest]:
            del facts
            label = Guest.REGULAR
            return kh.Classification(kh.Outcome.MATCHED, label, frozenset({label}), frozenset({label}))

    assert spans(LAN, Always()) == [("Regular", "2024-01-05", "2026-06-30")]


class TestErrors:
    def test_days_that_can_not_be_meant(self) -> None:
        with pytest.raises(kh.InvalidError, match="since: 2026-07-01 is after as_of, 2026-06-30"):
            kh.charts.timeline(LAN, AGES, as_of=DAY, since=date(2026, 7, 1))
        with pytest.raises(kh.InvalidError, match="is a moment, not a day"):
            kh.charts.timeline(LAN, AGES, as_of=datetime(2026, 7, 1))
        with pytest.raises(kh.InvalidError, match="'2026-07-01' is no date"):
            kh.charts.timeline(LAN, AGES, as_of=DAY, since="2026-07-01")  # type: ignore[arg-type]

    def test_what_is_no_customer_and_no_table(self) -> None:
        with pytest.raises(kh.InvalidError, match="2 wrong fields") as caught:
            kh.charts.timeline("KH-001", "age_band", as_of=DAY)  # type: ignore[arg-type]
        assert [fault.field for fault in caught.value.faults] == ["customer", "table"]

    def test_an_unknown_language(self) -> None:
        with pytest.raises(kh.UnknownLanguageError, match="'fr'"):
            kh.charts.timeline(LAN, AGES, as_of=DAY, lang="fr")  # type: ignore[arg-type]
