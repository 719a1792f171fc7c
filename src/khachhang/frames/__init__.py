"""The same facts and the same tables on dataframes of any engine and any size, through narwhals."""

from __future__ import annotations

from khachhang.frames.classify import classify
from khachhang.frames.facts import facts
from khachhang.frames.fitting import fit_bands
from khachhang.frames.persona import match
from khachhang.frames.population import summarize, transitions
from khachhang.frames.problems import problems
from khachhang.frames.rfm import Rfm, RfmSegment, rfm, rfm_segments

__all__ = [
    "Rfm",
    "RfmSegment",
    "classify",
    "facts",
    "fit_bands",
    "match",
    "problems",
    "rfm",
    "rfm_segments",
    "summarize",
    "transitions",
]
