"""Words and days of Vietnam, as customers' records hold them. The first of each list is the simplest."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from functools import cache

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
             "Dương", "Lý", "Tôn Nữ")  # fmt: skip
_OF_WOMEN = (
    "Thị Lan", "Thị Hồng", "Ngọc Ánh", "Thu Hà", "Thị Tuyết Mai", "Phương Thảo", "Khánh Linh", "Thị Huế", "Bích Thủy",
    "Yến Nhi", "Thị Ước", "Quỳnh Như",
)  # fmt: skip
_OF_MEN = (
    "Văn Minh", "Đức Anh", "Hữu Nghĩa", "Quốc Việt", "Công Phượng", "Xuân Trường", "Bảo Long", "Đình Trọng",
    "Thành Đạt", "Gia Huy", "Văn Tuấn", "Như Ngọc",
)  # fmt: skip
OCCUPATIONS = ("giáo viên", "kỹ sư", "bác sĩ", "nông dân", "kế toán", "tài xế", "bán hàng", "sinh viên", "hưu trí")
_KINDS_OF_FIRM = ("Công ty TNHH", "Công ty CP", "Cửa hàng", "Hợp tác xã", "Hội", "Trường Tiểu học", "Trung tâm")
_NAMES_OF_FIRMS = ("Hoa Sen", "Sông Hồng", "Ánh Dương", "Đồng Tháp", "Kim Đồng", "Thủ Đức", "Đại Dũng", "Ước Mơ")
GROUPS = ("Gia đình Lan", "Nhóm mua chung Xóm Trại", "Hội bạn học 12A1", "Gia đình bác Tư", "Tổ dân phố 5")
SHOPS = ("Siêu thị Sông Hồng", "Văn phòng luật Lê & Cộng sự", "Nhà hàng Phố Cổ", "Tiệm vàng Kim Ngân",
         "Phòng khám Hoàn Mỹ", "Cây xăng Số 7")  # fmt: skip
BRANDS = ("Hảo Hảo", "Điện máy Sao Mai", "Cà phê Buôn Mê")
CURRENCIES = ("VND", "USD", "EUR", "JPY")


@cache
def people() -> tuple[str, ...]:
    """Full names: family, middle and given name."""
    return tuple(f"{family} {given}" for given in (*_OF_WOMEN, *_OF_MEN) for family in _FAMILIES)


@cache
def firms() -> tuple[str, ...]:
    """Names of organisations."""
    return tuple(f"{kind} {name}" for name in _NAMES_OF_FIRMS for kind in _KINDS_OF_FIRM)


@cache
def hostile() -> tuple[str, ...]:
    """Names that are right and break what takes names for plain words: most in NFD, as some systems export them."""
    decomposed = (unicodedata.normalize("NFD", name) for name in people()[::40])
    return (
        *decomposed,
        unicodedata.normalize("NFD", "Hồ Thị Ngọc Ẩn"),
        "Ý",
        "H'Hen Niê",
        "Ka-Sô Liêng",
        "Nguyễn\u00a0Thị Lan",
        "  Trần Thị Bé  ",
        "O'Brien, Anne-Marie",
        'Lê "Tí" Văn Tèo',
        "=CMD()",
        "Đ" * 200,
        "王秀英",
        "🙂 Lan",
    )


_NEW_YEARS = (
    "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01",
    "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02",
)  # fmt: skip
"""The first days of the lunar years (Tết Nguyên Đán), by Vietnam's calendar."""


@cache
def days_around_new_year(first: date, last: date) -> tuple[date, ...]:
    """The days from ten before each Tết to six after it, that lie between two days; the latest first."""
    eves = [date.fromisoformat(text) for text in _NEW_YEARS]
    days = (eve + timedelta(days=offset) for eve in eves for offset in range(-10, 7))
    return tuple(sorted((day for day in days if first <= day <= last), reverse=True))
