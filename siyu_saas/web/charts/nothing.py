"""What stands in the place of a chart that has no data yet."""

from siyu_saas.web.charts.canvas import Canvas, Chart, Table
from siyu_saas.web.charts.palette import Palette

NO_DATA = "暂无数据"


def nothing(
    title: str, head: tuple[str, ...], *, uid: str, width: float, palette: Palette, height: float = 96
) -> Chart:
    canvas = Canvas(width, height, uid=uid, palette=palette)
    if height > 60:
        canvas.rect(1, 1, width - 2, height - 2, rx=8, fill="none", stroke="line", stroke_dasharray="4 4")
    canvas.text(width / 2, height / 2 + 4, NO_DATA, anchor="middle")
    return canvas.finish(title, f"{title}：{NO_DATA}", Table(head, ()))
