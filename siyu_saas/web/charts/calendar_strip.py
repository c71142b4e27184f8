"""Weeks from left to right: where a day lies, the header above, and the line of today."""

from dataclasses import dataclass
from datetime import date, timedelta

from siyu_saas.web.charts.canvas import Canvas, text_width

SMALL = 11
TODAY = "今天"


@dataclass(frozen=True)
class CalendarStrip:
    start: date
    weeks: int
    left: float
    right: float
    top: float
    bottom: float

    @property
    def day_width(self) -> float:
        return (self.right - self.left) / (self.weeks * 7)

    def at(self, day: date) -> float:
        """The left edge of a day; days outside the weeks shown lie at the edges."""
        x = self.left + (day - self.start).days * self.day_width
        return max(self.left, min(self.right, x))

    def span(self, first: date, last: date) -> tuple[float, float]:
        """Left edge of the first day and right edge of the last, at least two pixels apart."""
        start, end = sorted((self.at(first), self.at(last) + self.day_width))
        end = min(end, self.right)
        return (end - 2, end) if end - start < 2 else (start, end)

    def draw_weeks(self, canvas: Canvas) -> None:
        pitch = self.day_width * 7
        names = [self._name(week) for week in range(self.weeks)]
        if max(map(text_width, names)) > pitch:
            names = [self._short_name(week) for week in range(self.weeks)]
        stride = max(1, -int(-(max(map(text_width, names)) + 6) // pitch))
        for week in range(self.weeks + 1):
            x = self.left + week * pitch
            canvas.line(x, self.top - 8, x, self.bottom, stroke="line")
            if week < self.weeks and week % stride == 0:
                canvas.text(x + 3, self.top - 11, names[week], size=SMALL, room=pitch * stride - 4)

    def draw_today(self, canvas: Canvas, today: date, name: str = TODAY) -> None:
        x = self.today_line(today)
        if x is None:
            return
        canvas.line(x, self.top - 8, x, self.bottom + 4, stroke="now", stroke_width=1.5)
        anchor = "end" if x + text_width(name) + 4 > canvas.width else "start"
        canvas.text(x, self.bottom + 15, name, size=SMALL, anchor=anchor, fill="now", font_weight=600)

    def today_line(self, today: date) -> float | None:
        """The middle of today, or None when it is not among the weeks shown."""
        if not self.start <= today < self.start + timedelta(weeks=self.weeks):
            return None
        return self.at(today) + self.day_width / 2

    def _name(self, week: int) -> str:
        return f"第 {week + 1} 周 {self._short_name(week)}"

    def _short_name(self, week: int) -> str:
        monday = self.start + timedelta(weeks=week)
        return f"{monday.month}/{monday.day}"
