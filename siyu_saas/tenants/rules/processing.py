"""What a workspace is founded with in its record of personal data. Sources: PIPL articles 21, 51, 55; product M2, M3."""

PROCESSING_DEFAULTS = {
    "purpose": "为商家私域经营提供诊断、目标共创、服务计划、过程指导与数据对比报告",
    "term": "自合作说明双方签署之日起，至服务期结束后保存期满为止",
    "method": "由商家导出经营数据后上传；顾问在本工作区内查看、汇总和分析，不对外提供，不用于其他目的",
    "categories": "商家参与人员的姓名、手机号、邮箱；去标识化的消费者订单统计（不含消费者姓名、手机号、地址与聊天内容）",
    "measures": "按商家隔离存储；密码与链接加密签名；导入时丢弃或单向加密个人字段；操作留痕；仅授权成员可见",
    "duties": "商家保证数据来源合法并已告知消费者；顾问机构按约定目的处理，不转委托，发生安全事件 24 小时内通知商家",
}
RETENTION_DAYS = 180
