"""The same facts and the same tables on dataframes of any engine and any size, through narwhals."""

from __future__ import annotations

from khachhang.frames.bands import fit_bands
from khachhang.frames.classify import classify
from khachhang.frames.facts import facts
from khachhang.frames.population import summarize, transitions
from khachhang.frames.problems import problems
from khachhang.frames.rfm import RfmSegment, rfm

__all__ = ["RfmSegment", "classify", "facts", "fit_bands", "problems", "rfm", "summarize", "transitions"]
