"""The same facts and the same tables on dataframes of any engine and any size, through narwhals."""

from __future__ import annotations

from khachhang.frames.classify import classify

__all__ = ["classify"]
