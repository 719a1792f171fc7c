"""Makes the picture in the README, in both languages: who moved within a year, of the 23,570 customers of CDNOW.

python docs/images/moves.py
"""

from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Literal

import altair as alt
import polars as pl

import khachhang as kh

BEFORE, AFTER = date(1997, 6, 30), date(1998, 6, 30)


def purchases() -> pl.DataFrame:
    """The purchases of CDNOW, from the file inside the package lifetimes."""
    (file,) = [file for file in metadata.files("lifetimes") or [] if file.name == "CDNOW_master.txt"]
    rows = [line.split() for line in Path(str(file.locate())).read_text(encoding="ascii").splitlines()[1:]]
    customers, days, _, dollars = zip(*rows, strict=True)
    return pl.DataFrame(
        {
            "customer_id": customers,
            "day": pl.Series(days).str.to_date("%Y%m%d"),
            "amount": pl.Series(dollars).cast(pl.Decimal(12, 2)),
        }
    )


def labelled(table: pl.DataFrame, day: date) -> pl.DataFrame:
    """What each customer is worth to the shop on a day; what is not on record did not happen."""
    facts = kh.frames.facts(table, as_of=day, business=kh.Business("CDNOW", currency="USD"))
    return kh.frames.classify(facts, [kh.classifiers.benefit()], assume=kh.RECORDED_IS_ALL, reasons=True)


def chart(lang: Literal["vi", "en"]) -> alt.LayerChart:
    """Who moved from one label to another within the year."""
    table = purchases()
    before, after = (labelled(table, day) for day in (BEFORE, AFTER))
    names = ("30/06/1997", "30/06/1998") if lang == "vi" else ("1997-06-30", "1998-06-30")
    return kh.charts.transitions(before, after, kh.Benefit, lang=lang, names=names)


FILES: dict[Literal["vi", "en"], Path] = {
    "en": Path(__file__).with_name("moves.svg"),
    "vi": Path(__file__).with_name("moves.vi.svg"),
}

if __name__ == "__main__":
    for lang, file in FILES.items():
        chart(lang).save(str(file))
