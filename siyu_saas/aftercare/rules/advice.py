"""Advice for the time after, to pick from and adapt. Source: domain G5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REVIEW_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Advice:
    key: str
    topic: str
    action: str
    why: str
    effort: str
    metric: str


ADVICE = {
    one.key: one
    for one in (
        Advice(
            "adv_c2p_1",
            "公转私",
            "包裹卡按季换版，A/B 两版各 ≥2000 件再定",
            "利益点会疲劳",
            "低",
            "parcel_scan_rate",
        ),
        Advice("adv_c2p_2", "公转私", "公众号菜单与付款后短信补位（须同意）", "分散单一触点风险", "中", "fan_add_rate"),
        Advice("adv_c2p_3", "公转私", "按渠道看首单率，砍掉低质渠道", "数量≠质量", "低", "first_order_rate"),
        Advice(
            "adv_layer_1",
            "社群分层扩大",
            "每月按 RFM 重算潜新、一般、忠诚并公示升级",
            "分层要动态",
            "低",
            "repurchase_rate",
        ),
        Advice("adv_layer_2", "社群分层扩大", "忠诚层上线周边与积分兑换", "高价值不靠低价", "中", "super_user_count"),
        Advice("adv_layer_3", "社群分层扩大", "超级用户口径澄清后试 100 人样本", "3000 人先验证再铺", "中", "ltv_12m"),
        Advice(
            "adv_type_1",
            "社群分类扩大",
            "10 个群稳定 4 周后再放大引流比例（20%→30%）",
            "先跑通再扩大",
            "低",
            "wecom_to_group_rate",
        ),
        Advice("adv_type_2", "社群分类扩大", "增开兴趣群（穿搭风格）与大促闪群", "场景细分", "中", "group_active_rate"),
        Advice(
            "adv_type_3", "社群分类扩大", "城市门店群、细分品类群、IP 群三级试点", "挑人不求多", "中", "group_conv_rate"
        ),
        Advice("adv_daily_1", "日常运营方式", "周会与日报固化，SOP 每月迭代", "防回退", "低", "task_on_time_rate"),
        Advice(
            "adv_daily_2",
            "日常运营方式",
            "上系统追踪服务质量（首响、工单）",
            "服务期后仍待优化项",
            "中",
            "service_trace_rate",
        ),
        Advice(
            "adv_daily_3",
            "日常运营方式",
            "1 人管 10 个以上群，以首响 ≤10 分钟为前提",
            "规模与体验平衡",
            "低",
            "groups_per_operator",
        ),
        Advice("adv_interact_1", "用户互动方式", "共选内购常态化，投票参与 ≥10%", "参与感", "低", "interact_ratio"),
        Advice("adv_interact_2", "用户互动方式", "每周 UGC 主题，静默商品位常驻", "静默成交更健康", "中", "silent_gmv"),
        Advice("adv_interact_3", "用户互动方式", "活动节奏按复购间隔每季重算", "周期会变", "低", "activity_gmv_share"),
    )
}


def review_day(picked_on: date) -> date:
    """Three months later, on the last day of that month when it is shorter."""
    month = picked_on.month - 1 + REVIEW_MONTHS
    year, month = picked_on.year + month // 12, month % 12 + 1
    for day in (picked_on.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
