"""The two documents that the labels come from, as a label's `source` names them."""

from __future__ import annotations

INDIVIDUAL = "Khách hàng cá nhân là gì? Kỹ năng của chuyên viên khách hàng cá nhân"
CUSTOMER = "Khách hàng là gì? (tuyển tập)"
LIBRARY = "khachhang"
