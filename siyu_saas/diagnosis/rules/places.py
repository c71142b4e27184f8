"""What a quadrant, an operating model and a customer relation are called and mean. Source: domain B2."""

from __future__ import annotations

QUADRANTS = {
    "HF_LI": {
        "title": "高频低互动",
        "examples": "食品饮料、家庭护理",
        "play": "朋友圈用新奇内容引发兴趣和裂变，配合囤货提醒、补货券、拼团。",
        "hint": "少聊天，多做场景提醒。",
    },
    "HF_HI": {
        "title": "高频高互动",
        "examples": "母婴",
        "play": "社群效果最突出：话题专家答疑，按阶段给内容。",
        "hint": "看重内容的专业度。",
    },
    "LF_LI": {
        "title": "低频低互动",
        "examples": "汽车、房产、3C 数码",
        "play": "以零售商和官方媒体为主，做对比表和参数问答。",
        "hint": "不强推社群，看重线索。",
    },
    "LF_HI": {
        "title": "低频高互动",
        "examples": "奢侈品、美妆、时尚鞋服",
        "play": "放在微信体系里做：品牌公众号加 KOL 激发兴趣，穿搭或妆教内容，社群分层。",
        "hint": "用内容拉长关系，用配饰和延展品提高频次。",
    },
}
MODULES = {
    "cl_link": "公转私链路",
    "cl_parcel_card": "包裹卡",
    "cl_lottery": "抽奖与奖品",
    "cl_newcomer": "新人礼与首单",
    "cl_group_basics": "群名、欢迎语、公告、群规",
    "cl_join6": "入群六步",
    "cl_layer": "社群分层",
    "cl_tag_group": "标签建群",
    "cl_schedule": "互动内容时刻表",
    "cl_activity_3day": "活动策划（3 天节奏）",
    "cl_content_lines": "内容三主线",
    "cl_persona": "导购与客服人设",
    "cl_traffic": "引流渠道",
    "cl_group_ops": "分群运营",
    "cl_sop": "SOP",
    "cl_review": "复盘",
    "cl_takein": "承接",
    "cl_warmup": "炒群与裂变",
    "cl_compliance": "合规",
    "calc_cadence": "活动节奏测算",
    "calc_rfm": "RFM 打分与分段",
    "role_cards": "角色卡",
    "RACI": "分工表",
}
MODELS = {
    "centralised_ip": {
        "title": "中心化人设 IP",
        "about": "客服形象统一成一个人设，由人设带内容和信任；线上销售要占一定比例。",
    },
    "guide": {"title": "导购", "about": "有线下门店，由导购带客，账号和设备归公司。"},
    "distribution": {"title": "分销", "about": "靠愿意分享的老客产内容和传播，只做合规的单级分佣。"},
}
RELATIONS = {
    "shopping_assistant": {
        "title": "购物助手",
        "about": "上新促销频繁、决策快：快速准确地回应，配素材库、快捷回复和直播。",
    },
    "topic_expert": {"title": "话题专家", "about": "知识需求高：专业人士带群，原创内容、答疑和上门服务。"},
    "private_partner": {"title": "私人伙伴", "about": "高客单、长决策：一对一长期陪伴，种草 3–6 个月，重信任记录。"},
}
