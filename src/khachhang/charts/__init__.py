"""Pictures of populations, tables and histories, through Altair.

Everything is counted before it is drawn, so a picture of a million customers holds as little data as one of a thousand.
Who has no label is shown and counted, never left out.
"""

from __future__ import annotations

from khachhang.charts.bands import bands
from khachhang.charts.cross import cross
from khachhang.charts.segments import segments
from khachhang.charts.table import table
from khachhang.charts.timeline import timeline
from khachhang.charts.transitions import transitions

__all__ = ["bands", "cross", "segments", "table", "timeline", "transitions"]
