"""The tag before a lede: "(HBĐT) - ", "(Dân trí) - ", "GD&TĐ - "."""

import re

# In brackets and with a dash behind them: "(CLB) Nữ doanh nhân" and "(OCOP), thời gian qua" are words of a sentence.
_BRACKETED = re.compile(r"[(\[]\s*(?=[^()\[\]]*[^\W\d_]{2})([^()\[\]]{2,40}?)\s*[)\]]\s*[-–—]+\s*(?=\S)")
# Without brackets only what can be nothing but a newspaper: "ASEAN - Trung Quốc" opens a sentence.
_BARE = re.compile(
    r"(HBO|[A-ZĐ]{1,6}ĐT|[A-ZĐ]{1,5}&[A-ZĐ]{1,5}|PLO|TTO|TPO|NLĐO|NDO|SGGPO?|ANTĐ|VOV|TTXVN|Kinhtedothi|Dân trí"
    r"|[A-Za-z0-9+]{2,20}\.vn|VOV\.VN|VTV\.vn|[A-ZĐ]{2,6} Online)\s+[-–—]+\s*(?=\S)"
)


def strip(text):
    """(tag or None, the text behind it)."""
    match = _BRACKETED.match(text) or _BARE.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)
