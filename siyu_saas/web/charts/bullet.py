"""One target in a table row: where it began, where it stands, where the industry lies, where it should be."""

from dataclasses import dataclass

from siyu_saas.web.charts.axis import axis_for
from siyu_saas.web.charts.canvas import Canvas, Chart, Table
from siyu_saas.web.charts.nothing import nothing
from siyu_saas.web.charts.palette import PAGE, Palette
from siyu_saas.web.charts.units import COUNT, Amount, Unit, drawn

HEIGHT = 28
MIDDLE = HEIGHT / 2


@dataclass(frozen=True)
class BulletData:
    """Any amount may be missing and is then not drawn; `band` is what `band_name` says, by default P25 and P75."""

    title: str
    now: Amount | None
    baseline: Amount | None = None
    target: Amount | None = None
    band: tuple[Amount, Amount] | None = None
    unit: Unit = COUNT
    band_name: str = "行业 P25–P75"


def bullet(data: BulletData, *, uid: str, width: float = 340, palette: Palette = PAGE) -> Chart:
    rows = _rows(data)
    low, high = data.band or (None, None)
    amounts = [data.now, data.baseline, data.target, low, high]
    if all(drawn(amount) is None for amount in amounts):
        return nothing(data.title, ("项目", "数值"), uid=uid, width=width, palette=palette, height=HEIGHT)
    # A quarter of room keeps the goal away from the end, where it would look like a limit.
    known = [number for amount in amounts if (number := drawn(amount)) is not None]
    axis = axis_for([*known, max(known) * 1.15], data.unit, most=10, from_zero=True).placed(2, width - 2)
    canvas = Canvas(width, HEIGHT, uid=uid, palette=palette)
    canvas.rect(2, MIDDLE - 3, width - 4, 6, fill="line")
    if drawn(low) is not None and drawn(high) is not None:
        start, end = sorted((axis.at(drawn(low)), axis.at(drawn(high))))
        canvas.rect(start, MIDDLE - 8, end - start, 16, fill="band")
    if (now := drawn(data.now)) is not None:
        start, end = sorted((axis.at(0), axis.at(now)))
        canvas.rect(start, MIDDLE - 3, end - start, 6, fill="s1")
    if (baseline := drawn(data.baseline)) is not None:
        at = axis.at(baseline)
        canvas.line(at, MIDDLE - 10, at, MIDDLE + 10, stroke="ink2", stroke_width=1.75, stroke_dasharray="2.5 2")
    if (target := drawn(data.target)) is not None:
        canvas.rect(axis.at(target) - 1.5, MIDDLE - 11, 3, 22, fill="mark")
    summary = f"{data.title}：" + "；".join(f"{name} {text}" for name, text in rows)
    return canvas.finish(data.title, summary, Table(("项目", "数值"), rows))


def _rows(data: BulletData) -> tuple[tuple[str, str], ...]:
    unit = data.unit
    rows = [("当前", unit.text(data.now)), ("基线", unit.text(data.baseline)), ("目标", unit.text(data.target))]
    if data.band:
        rows.append((data.band_name, f"{unit.text(data.band[0])} 至 {unit.text(data.band[1])}"))
    return tuple(rows)
