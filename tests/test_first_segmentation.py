"""The tutorial on real data: its figures are those of the file, counted here in another way."""

import csv
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import attrs
import polars as pl
import pytest
from docs.tutorials import first_segmentation as tutorial

import khachhang as kh

SCRIPT = Path(tutorial.__file__)
EVERYBODY = 23_570


@attrs.frozen
class Counted:
    """The file, counted with plain code: for each customer the days of buying and the dollars."""

    days: dict[str, list[date]]
    dollars: dict[str, Decimal]
    rows: int

    def idle(self, customer: str) -> int:
        return (date(1998, 6, 30) - max(self.days[customer])).days

    def times(self, customer: str) -> int:
        return len(set(self.days[customer]))

    def how_many(self, *, idle: int = 10_000, times: int = 1) -> int:
        return sum(self.idle(customer) <= idle and self.times(customer) >= times for customer in self.days)


@pytest.fixture(scope="module")
def counted() -> Counted:
    days: dict[str, list[date]] = defaultdict(list)
    dollars: dict[str, Decimal] = defaultdict(Decimal)
    files = metadata.files("lifetimes")
    assert files is not None
    (found,) = [file for file in files if file.name == "CDNOW_master.txt"]
    with found.locate().open(encoding="ascii", newline="") as file:  # type: ignore[attr-defined]  # a real path
        _, *rows = csv.reader(file, delimiter=" ", skipinitialspace=True)
    for customer, day, _, amount in rows:
        days[customer].append(datetime.strptime(day + "+0000", "%Y%m%d%z").date())
        dollars[customer] += Decimal(amount)
    return Counted(days, dollars, len(rows))


@pytest.fixture(scope="module")
def customers() -> list[kh.Customer]:
    return tutorial.customers(tutorial.load())


@pytest.fixture(scope="module")
def facts(customers: list[kh.Customer]) -> dict[str, kh.Facts]:
    return dict(zip([customer.id for customer in customers], tutorial.facts(customers), strict=True))


@pytest.fixture(scope="module")
def strict(customers: list[kh.Customer]) -> tutorial.Segmentation:
    return tutorial.segment(customers)


@pytest.fixture(scope="module")
def assumed(customers: list[kh.Customer]) -> tutorial.Segmentation:
    return tutorial.segment(customers, assume=kh.RECORDED_IS_ALL)


@pytest.fixture(scope="module")
def bought() -> pl.DataFrame:
    return tutorial.table()


@pytest.fixture(scope="module")
def printed() -> str:
    """What a fresh interpreter prints whose console knows no Vietnamese."""
    unwatched = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    run = subprocess.run(  # noqa: S603  # a script of ours
        [sys.executable, "-W", "error", str(SCRIPT)],
        check=True,
        capture_output=True,
        env={**unwatched, "PYTHONIOENCODING": "ascii"},
    )
    assert run.stderr == b"", "no progress bar away from a terminal, no warnings"
    return run.stdout.decode("utf-8")


class TestFacts:
    """The independent figures: they were published before this library was."""

    def test_every_row_is_a_purchase(self, customers: list[kh.Customer], counted: Counted) -> None:
        assert len(customers) == EVERYBODY
        assert sum(len(customer.purchases or ()) for customer in customers) == counted.rows == 69_659

    def test_spend_is_exact(self, facts: dict[str, kh.Facts], counted: Counted) -> None:
        assert sum(one.spend for one in facts.values() if one.spend is not None) == Decimal("2500315.63")
        assert {customer: one.spend for customer, one in facts.items()} == counted.dollars

    def test_purchases_are_days_of_buying(self, facts: dict[str, kh.Facts], counted: Counted) -> None:
        times = Counter(one.purchase_count for one in facts.values())
        assert times[1] == 12_054
        assert times.total() - times[1] == 11_516
        assert {customer: one.purchase_count for customer, one in facts.items()} == {
            customer: counted.times(customer) for customer in counted.days
        }

    def test_several_rows_of_one_day_count_once(self, customers: list[kh.Customer], facts: dict[str, kh.Facts]) -> None:
        several = [
            customer for customer in customers if facts[customer.id].purchase_count != len(customer.purchases or ())
        ]
        assert len(several) == 1_157

    def test_rows_worth_nothing_are_purchases(self, customers: list[kh.Customer], facts: dict[str, kh.Facts]) -> None:
        amounts = [purchase.amount for customer in customers for purchase in customer.purchases or ()]
        assert amounts.count(Decimal(0)) == 80
        assert all(one.purchase_count for one in facts.values())

    @pytest.mark.parametrize(("days", "expected"), [(30, 1_554), (90, 3_317), (180, 5_374), (365, 8_350)])
    def test_the_last_purchase(self, facts: dict[str, kh.Facts], counted: Counted, days: int, expected: int) -> None:
        idle = [one.days_since_last_purchase for one in facts.values() if one.days_since_last_purchase is not None]
        assert len(idle) == EVERYBODY
        assert sum(since <= days for since in idle) == counted.how_many(idle=days) == expected


class TestRecordedIsAll:
    def test_benefit(self, assumed: tutorial.Segmentation, counted: Counted) -> None:
        buying, loyal = counted.how_many(idle=365), counted.how_many(idle=365, times=5)
        assert +assumed.labels["benefit"] == {
            kh.Benefit.LOYAL: loyal,
            kh.Benefit.WALK_IN: buying - loyal,
            kh.Benefit.POTENTIAL: EVERYBODY - buying,
        }

    def test_standing(self, assumed: tutorial.Segmentation, counted: Counted) -> None:
        active = counted.how_many(idle=365)
        assert +assumed.labels["standing"] == {kh.Standing.ACTIVE: active, kh.Standing.FORMER: EVERYBODY - active}

    def test_relationship_type(self, assumed: tutorial.Segmentation, counted: Counted) -> None:
        new = [
            customer
            for customer, days in counted.days.items()
            if (date(1998, 6, 30) - min(days)).days <= 90 and counted.times(customer) < 5
        ]
        labels = assumed.labels["relationship_type"]
        assert labels[kh.RelationshipType.NEW] == len(new)
        assert labels[kh.RelationshipType.LOYAL] == counted.how_many(idle=365, times=5)
        assert labels[kh.RelationshipType.FORMER] == EVERYBODY - counted.how_many(idle=365)
        assert labels[kh.RelationshipType.EXTERNAL] == EVERYBODY

    def test_contribution(self, assumed: tutorial.Segmentation, counted: Counted) -> None:
        paying = sum(dollars > 0 for dollars in counted.dollars.values())
        assert +assumed.labels["contribution"] == {kh.Contribution.BRINGS_PROFIT: paying}
        assert assumed.outcomes["contribution"][kh.Outcome.UNMATCHED] == EVERYBODY - paying

    def test_who_buys_for_whom_is_settled(self, assumed: tutorial.Segmentation) -> None:
        assert assumed.labels["subject"][kh.Subject.INDIVIDUAL] == EVERYBODY
        assert assumed.labels["scope"][kh.Scope.INDIVIDUAL] == EVERYBODY
        assert assumed.labels["side"][kh.Side.EXTERNAL] == EVERYBODY

    def test_only_the_person_is_still_to_be_asked(self, assumed: tutorial.Segmentation) -> None:
        assert assumed.to_find_out == {"age": EVERYBODY, "leading_style": EVERYBODY}


class TestStrictly:
    def test_a_recent_purchase_is_enough_to_be_active(self, strict: tutorial.Segmentation, counted: Counted) -> None:
        active = counted.how_many(idle=365)
        assert strict.labels["standing"] == {kh.Standing.ACTIVE: active}
        assert strict.outcomes["standing"] == {
            kh.Outcome.MATCHED: active,
            kh.Outcome.UNDETERMINED: EVERYBODY - active,
        }
        assert strict.missing["standing"] == dict.fromkeys(
            ["dealing_count", "days_since_last_dealing"], EVERYBODY - active
        )

    def test_a_table_of_purchases_shows_no_complaints(self, strict: tutorial.Segmentation) -> None:
        assert strict.outcomes["benefit"] == {kh.Outcome.UNDETERMINED: EVERYBODY}
        assert strict.missing["benefit"] == dict.fromkeys(
            ["unresolved_complaint_count", "negative_review_count"], EVERYBODY
        )

    def test_a_former_customer_is_certain_while_other_labels_are_open(
        self, strict: tutorial.Segmentation, counted: Counted
    ) -> None:
        former = EVERYBODY - counted.how_many(idle=365)
        assert strict.labels["relationship_type"] == {kh.RelationshipType.FORMER: former}
        assert strict.outcomes["relationship_type"] == {kh.Outcome.UNDETERMINED: EVERYBODY}

    def test_discounts_matter_from_the_second_purchase_on(
        self, strict: tutorial.Segmentation, counted: Counted
    ) -> None:
        assert strict.to_find_out["discounted_share"] == counted.how_many(times=2)

    def test_the_industry_alone_tells_the_engagement(self, strict: tutorial.Segmentation) -> None:
        assert strict.labels["engagement"] == {kh.Engagement.CUSTOMER: EVERYBODY}

    def test_no_answer_is_overturned_by_assumptions(
        self, strict: tutorial.Segmentation, assumed: tutorial.Segmentation
    ) -> None:
        for facet, labels in strict.labels.items():
            assert labels <= assumed.labels[facet]


class TestOnADataframe:
    def test_the_table_holds_the_whole_file(self, bought: pl.DataFrame, counted: Counted) -> None:
        assert bought.height == counted.rows
        assert bought["amount"].sum() == Decimal("2500315.63")
        assert bought.null_count().sum_horizontal().item() == 0

    def test_the_figures_are_those_of_the_objects(
        self, bought: pl.DataFrame, strict: tutorial.Segmentation, assumed: tutorial.Segmentation
    ) -> None:
        for assume, run in ((None, strict), (kh.RECORDED_IS_ALL, assumed)):
            assert tutorial.agree(tutorial.counted(tutorial.classified(bought, date(1998, 6, 30), assume)), run)
        assert not tutorial.agree(strict, assumed)

    def test_who_moved_within_nine_months(self, bought: pl.DataFrame, counted: Counted) -> None:
        def label(days: list[date], as_of: date) -> str:
            until = {day for day in days if day <= as_of}
            if (as_of - max(until)).days > 365:
                return "potential"
            return "loyal" if len(until) >= 5 else "walk_in"

        expected = Counter(
            (label(days, date(1997, 9, 30)), label(days, date(1998, 6, 30))) for days in counted.days.values()
        )
        found = {(before, after): count for before, after, count in tutorial.moves(bought).iter_rows()}
        assert found == expected
        assert sum(found.values()) == EVERYBODY


class TestPrinted:
    def test_the_overview(self, printed: str) -> None:
        assert printed.startswith("CDNOW on 1998-06-30: 23,570 customers, 69,659 rows, 2,500,315.63 USD\n")
        assert "one day only: 12,054; on several days: 11,516\n" in printed
        assert "last purchase: 1,554 within 30, 3,317 within 90, 5,374 within 180, 8,350 within 365\n" in printed
        assert "several rows on one day (they count once): 1,157 customers\n" in printed
        assert "worth 0.00 (gifts, which count): 80 rows\n" in printed

    def test_every_facet_that_the_data_can_tell_has_a_table(self, printed: str) -> None:
        told = {kh.Subject, kh.Benefit, kh.RelationshipType, kh.Scope, kh.Side, kh.Engagement, kh.Standing}
        for facet in {*told, kh.Contribution}:
            section = printed.split(f"\n{facet.facet_title('vi')} · {facet.facet_title('en')}\n")[1].split(
                "\n\n", maxsplit=1
            )[0]
            rows = re.findall(r"^ *[\d,]+ +[\d.]+% +[\d,]+ +[\d.]+%   (.+)$", section, re.MULTILINE)
            assert rows[:-2] == [f"{label.label('vi')} · {label.label('en')}" for label in facet]
            assert rows[-2:] == ["(chưa xác định) · (not known yet)", "(không thuộc nhãn nào) · (no label)"]
        assert "can tell nothing: Độ tuổi · Age band; Nhóm tính cách · Personality\n" in printed
        assert "Left out, for want of a policy: income_band, financial_tier\n" in printed

    def test_customers_and_shares_stand_side_by_side(self, printed: str, counted: Counted) -> None:
        active = counted.how_many(idle=365)
        loyal = counted.how_many(idle=365, times=5)
        for label, before, after in (
            (kh.Benefit.LOYAL, 0, loyal),
            (kh.Benefit.WALK_IN, 0, active - loyal),
            (kh.Standing.ACTIVE, active, active),
            (kh.Standing.FORMER, 0, EVERYBODY - active),
        ):
            shown = (
                rf" {before:,} +{before / EVERYBODY:.1%} +{after:,} +{after / EVERYBODY:.1%} +{label.label('vi')} · "
            )
            assert re.search(shown, printed)

    def test_what_to_find_out_is_said_in_words(self, printed: str) -> None:
        text = "số khiếu nại chưa giải quyết · the number of unresolved complaints → benefit, contribution"
        assert f"  23,570  100.0%           0    0.0%   {text}\n" in printed
        text = "khách đang là cổ đông hay không · whether the customer is tied to the business as shareholder → "
        assert f"  23,570  100.0%           0    0.0%   {text}" in printed

    def test_two_runs_print_the_same(
        self,
        printed: str,
        customers: list[kh.Customer],
        strict: tutorial.Segmentation,
        assumed: tutorial.Segmentation,
    ) -> None:
        assert "\n".join([*tutorial.shares(strict, assumed), *tutorial.open_questions(strict, assumed)]) in printed
        assert tutorial.explained(customers[2]) in printed

    def test_the_way_to_loyal_is_as_many_purchases_as_are_lacking(self, printed: str, counted: Counted) -> None:
        way = printed.split("\nKhách hàng 00011\n")[1]
        times = counted.times("00011")
        assert counted.idle("00011") <= 365
        assert "Vì sao không phải “Khách hàng trung thành”:\nQuy tắc 4 (Khách hàng trung thành) sai" in way
        assert f"số lần mua từ 5 lần trở lên (hiện nay: {times} lần, thêm {5 - times} lần)" in way
        assert f"the number of purchases is at least 5 (now: {times}, {5 - times} more)" in way

    def test_one_customer_is_explained_in_vietnamese(self, printed: str, counted: Counted) -> None:
        explained = printed.split("\nKhách hàng 00003\n")[1].split("\nOn a dataframe: ", maxsplit=1)[0]
        assert f"số lần mua từ 5 lần trở lên (thực tế: {counted.times('00003')} lần)" in explained
        assert f"gần nhất không quá 365 ngày (thực tế: {counted.idle('00003')} ngày)" in explained
        for classifier in tutorial.TEMPLATE:
            assert f"\n{classifier.category.facet_title('vi')}: " in explained

    def test_the_dataframe_agrees_and_shows_who_moved(self, printed: str) -> None:
        half = printed.split("\nOn a dataframe: ")[1]
        assert half.startswith("69,659 rows, 23,570 customers\n  the same counts of every label and outcome: yes\n")
        title = f"{kh.Benefit.facet_title('vi')} · {kh.Benefit.facet_title('en')}, 1997-09-30 → 1998-06-30\n"
        rows = half.split(title)[1].splitlines()
        assert sum(int(row.split()[0].replace(",", "")) for row in rows) == EVERYBODY


class TestWrongData:
    def test_every_wrong_row_is_named(self) -> None:
        rows = [
            "customer_id date cds dollars",
            "1 19970101 1 9.99",
            "1 19970231 1 5",
            "2 19970101 1",
            "3 19970101 1 -5",
        ]
        with pytest.raises(ValueError, match="3 rows are no purchases") as caught:
            tutorial.histories(rows)
        assert "line 3: '1 19970231 1 5'" in str(caught.value)
        assert "line 4: '2 19970101 1'" in str(caught.value)
        assert "line 5: '3 19970101 1 -5'" in str(caught.value)

    @pytest.mark.parametrize("error", [metadata.PackageNotFoundError("lifetimes"), None])
    def test_a_missing_file_is_an_error_with_the_cure(
        self, monkeypatch: pytest.MonkeyPatch, error: Exception | None
    ) -> None:
        def files(name: str) -> None:
            assert name == "lifetimes"
            if error is not None:
                raise error

        monkeypatch.setattr(metadata, "files", files)
        with pytest.raises(FileNotFoundError, match=r"Hint: pip install --no-deps lifetimes==0\.11\.3"):
            tutorial.load()
