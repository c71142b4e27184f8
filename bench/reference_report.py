"""The reference shape of a report: 18 pages, 11 charts, chapters with prose and tables, rows in the appendix. Made up."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader

from siyu_saas.config import ROOT
from siyu_saas.papers.kinds import PaperKind
from siyu_saas.web import charts

STORES = (
    "湖滨店",
    "大悦城店",
    "太古里店",
    "天河城店",
    "光谷店",
    "新街口店",
    "苏州中心店",
    "赛格店",
    "国金店",
    "观音桥店",
)
METRICS = (
    "企微新增好友",
    "社群活跃率",
    "公众号打开率",
    "小程序访客",
    "私域成交额",
    "客单价",
    "30 日复购率",
    "会员沉睡率",
    "转介绍人数",
    "直播观看时长",
    "优惠券核销率",
    "导购响应时长",
    "加购转化率",
    "退款率",
    "内容互动数",
)
DIMENSIONS = ("获客能力", "转化能力", "复购能力", "裂变能力")
PARAGRAPHS = (
    "本次服务围绕获客、转化、复购、裂变四个维度展开，服务周期共十二周。项目组在启动阶段完成了数据口径对齐、埋点核查与历史数据回溯，确保服务前后的各项指标可以在相同口径下直接比较。",
    "服务前四周的数据显示，门店导购的企业微信添加率普遍偏低，社群内容以促销信息为主，用户打开率持续下降；与此同时，会员分层缺失，导致高价值客户未能得到差异化的触达，复购周期被明显拉长。",
    "经过欢迎语重构、标签体系梳理与自动化旅程上线，新客首单转化时间由平均九点六天缩短至四点二天。我们建议商家在交接之后继续保持每周一次的数据复盘，并按照本报告第九章的建议推进下一阶段的工作。",
    "需要说明的是，服务期间恰逢换季促销，部分增长来自自然流量的季节性抬升。为排除该影响，报告采用同期对照门店的变化率进行校正，校正后的净提升仍然显著，详见附录中的指标明细。",
)
FINDINGS = (
    (
        "企微添加率低于行业中位数",
        "高",
        "导购添加动作未纳入考核，收银台缺少明显的引导物料。",
        "统一物料与话术，将添加率纳入周考核。",
    ),
    (
        "社群内容同质化",
        "高",
        "七成以上内容为促销海报，缺少场景化内容与互动话题。",
        "建立内容日历，促销内容占比控制在四成以内。",
    ),
    (
        "会员标签缺失",
        "中",
        "仅三成会员具备两个以上有效标签，无法开展分层运营。",
        "补齐消费偏好、生命周期与渠道来源三类标签。",
    ),
    (
        "优惠券核销链路过长",
        "中",
        "从领取到核销平均需要六步，流失集中在登录环节。",
        "合并授权步骤，支持一键领取并自动核销。",
    ),
    ("售后回访不及时", "低", "签收后第七日回访完成率不足四成。", "上线自动化回访任务，异常单据自动升级。"),
    ("直播与社群割裂", "中", "直播间观众未被引导至社群，沉淀率低于百分之五。", "直播中设置入群权益与专属客服二维码。"),
)
HEAD = ("编号", "门店", "指标", "单位", "服务前", "服务后", "变化", "变化率", "维度")
KIND = PaperKind("reference", "参照报告", "reference_report.html", figures=lambda data: figures(data))


def install(app) -> None:
    """Lets the app find the template that lies beside this file."""
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader(ROOT / "bench"), app.jinja_env.loader])


def data(rows: int = 300) -> dict[str, Any]:
    chance = random.Random(7)
    lines = []
    for number in range(rows):
        before = chance.uniform(5, 5000)
        after = before * chance.uniform(0.8, 1.8)
        cells = (f"{before:,.1f}", f"{after:,.1f}", f"{after - before:+,.1f}", f"{(after / before - 1) * 100:+.1f}%")
        place = (f"M{number + 1:04d}", STORES[number // 15 % 10], METRICS[number % 15], "次")
        lines.append([*place, *cells, DIMENSIONS[number % 4]])
    weeks = [[round(chance.uniform(300, 340)) + 12 * week * (week > 11) for week in range(24)] for _ in METRICS]
    return {
        "paragraphs": PARAGRAPHS,
        "findings": FINDINGS,
        "metrics": METRICS,
        "dimensions": DIMENSIONS,
        "weeks": weeks,
        "appendix": [{"title": "指标明细", "head": list(HEAD), "rows": lines}],
    }


def figures(data: Mapping[str, Any]) -> dict[str, Any]:
    radar = charts.RadarData(
        "六项能力诊断",
        ("获客", "内容", "转化", "复购", "裂变", "数据"),
        (charts.Series("服务后", (79, 71, 82, 77, 58, 88)), charts.Series("服务前", (48, 42, 55, 51, 38, 60))),
    )
    monday = date(2026, 8, 3)
    tasks = tuple(
        charts.Row(f"t{place}", name, monday + timedelta(weeks=place), monday + timedelta(weeks=place + 2), 1.0)
        for place, name in enumerate(
            (
                "数据口径对齐",
                "现状诊断",
                "标签体系",
                "欢迎语与旅程",
                "内容日历",
                "社群分层",
                "直播引流",
                "老客活动",
                "培训考核",
            )
        )
    )
    funnel = charts.FunnelData(
        "漏斗", tuple(map(charts.Stage, ("扫码", "好友", "入群", "首单"), (18200, 12860, 7420, 630)))
    )
    made = {
        "radar": charts.radar(radar, uid="radar", palette=charts.PDF),
        "gantt": charts.gantt(
            charts.GanttData("十二周计划", tasks, monday, 12, date(2026, 10, 25)), uid="gantt", palette=charts.PDF
        ),
        "funnel": charts.funnel(funnel, uid="funnel", palette=charts.PDF),
    }
    labels = tuple(f"W{week + 1}" for week in range(24))
    for place, values in enumerate(data["weeks"][:8]):
        name = data["metrics"][place]
        if place % 2:
            pairs = tuple(charts.Pair(f"{n + 1} 区", values[n], values[n + 16]) for n in range(6))
            made[f"m{place}"] = charts.bars(charts.BarsData(name, pairs), uid=f"m{place}", palette=charts.PDF)
        else:
            course = charts.LineData(name, labels, (charts.Series(name, tuple(values)),), target=520)
            made[f"m{place}"] = charts.line(course, uid=f"m{place}", palette=charts.PDF)
    return made
